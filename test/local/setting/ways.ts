import { inLambdaMode } from "./lambdaMode";
import { RunningGateway } from "./running";

/** Serves a deployment whose users the service manages, in one of the ways. */
export type Start = (...args: Parameters<typeof RunningGateway.start>) => Promise<RunningGateway>;

/** Serves it as it is. */
export const whereServiceManages: Start = (deployment, options) => RunningGateway.start(deployment, options);

/** Serves it with a function that decides logins by the same users. */
export const whereFunctionDecides: Start = async (deployment, options) =>
  RunningGateway.start(await inLambdaMode(deployment), options);

const ways: Readonly<Record<string, Start>> = {
  "where the service manages users": whereServiceManages,
  "where a function decides": whereFunctionDecides,
};

/** A suite for each way in which a gateway's users log in. @param suite Its gateways are begun by `start`. */
export function inEachWay(suite: (start: Start) => void): () => void {
  return () => {
    for (const [way, start] of Object.entries(ways)) {
      describe(way, () => suite(start));
    }
  };
}
