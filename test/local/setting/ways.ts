import type { Deployment } from "../../../synth/deployment";
import { inLambdaMode } from "./lambdaMode";
import { RunningGateway } from "./running";

/** Serves a deployment whose users the service manages, in one of the ways. */
export type Start = typeof RunningGateway.start;

/** What becomes of a deployment whose users the service manages. */
const ways: Readonly<Record<string, (deployment: Deployment) => Deployment | Promise<Deployment>>> = {
  "where the service manages users": (deployment) => deployment,
  "where a function decides": (deployment) => inLambdaMode(deployment),
};

/** A suite for each way in which a gateway's users log in. @param suite Its gateways are begun by `start`. */
export function inEachWay(suite: (start: Start) => void): () => void {
  return () => {
    for (const [way, change] of Object.entries(ways)) {
      describe(way, () =>
        suite(async (deployment, options) => RunningGateway.start(await change(deployment), options)),
      );
    }
  };
}
