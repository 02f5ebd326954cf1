import { expect } from "chai";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import type { Listener } from "../../tenancy/listener";
import { tenant } from "../tenant";
import { gatewayStack, ofType } from "./gatewayStack";

/** Whether one resource is made after another, by whatever stands between them. */
function waitsFor(deployment: Deployment, later: DeployedResource, earlier: DeployedResource): boolean {
  const seen = new Set<string>();
  const next = [...later.dependsOn];
  for (let urn = next.pop(); urn !== undefined; urn = next.pop()) {
    if (!seen.has(urn)) {
      seen.add(urn);
      next.push(...(deployment.resources.find((resource) => resource.urn === urn)?.dependsOn ?? []));
    }
  }
  return seen.has(earlier.urn);
}

/** The one resource that is called so: `TopicSubscription gw-on-upload`. */
function called(deployment: Deployment, text: string): DeployedResource {
  const [type = "", name = ""] = text.split(" ");
  const found = ofType(deployment, type).filter((resource) => resource.name.startsWith(name));
  const [resource] = found.length > 1 ? found.filter((each) => each.name === name) : found;
  if (resource === undefined) {
    throw new Error(`no ${text}`);
  }
  return resource;
}

const functionListener: Listener = {
  kind: "function",
  endpoint: "arn:aws:lambda:eu-central-1:123456789012:function:orders",
  environments: ["dev"],
};
const ownQueue: Listener = { kind: "own-queue", readers: [], environments: ["dev"] };

describe("what uploads set off is made from its end to its beginning, so that nothing is told to nobody:", () => {
  let deployment: Deployment;
  before(async () => {
    deployment = await gatewayStack({ tenants: [tenant("acme", { notify: [functionListener, ownQueue] })] });
  });

  for (const [later, ...earlier] of [
    ["BucketNotification gw", "TopicSubscription gw-on-upload", "Permission gw-arrivals", "TopicPolicy gw-arrivals"],
    ["TopicSubscription gw-on-upload", "FunctionEventInvokeConfig gw-on-upload", "QueuePolicy gw-arrivals"],
    ["TopicSubscription gw-on-upload", "Permission gw-arrivals"],
    ["EventTarget gw-partial-uploads", "FunctionEventInvokeConfig gw-on-upload", "QueuePolicy gw-arrivals"],
    ["EventTarget gw-partial-uploads", "Permission gw-partial-uploads"],
    ["FunctionEventInvokeConfig gw-on-upload", "RolePolicy gw-on-upload", "Queue gw-on-upload"],
    ["TopicSubscription gw-function-", "Permission gw-function-", "QueuePolicy gw-uploads"],
    ["TopicSubscription gw-tenant-acme", "QueuePolicy gw-tenant-acme", "QueuePolicy gw-dlq-tenant-acme"],
  ] as const) {
    it(`${later} after ${earlier.join(", ")}`, () => {
      const missing = earlier.filter(
        (each) => !waitsFor(deployment, called(deployment, later), called(deployment, each)),
      );
      expect(missing).to.deep.equal([]);
    });
  }
});
