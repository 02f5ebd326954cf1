import { meansTransfer } from "./roleTrust";
import type { Rule } from "./rule";
import type { SeenResource } from "./seenResource";

const permissionTypes = ["aws:lambda/permission:Permission"] as const;

const oneServer = /^arn:[a-z-]+:transfer:[a-z0-9-]+:\d{12}:server\/s-[0-9a-f]{17}$/;

/** A permission for the service alone lets anyone's server ask the function, and learn roles, policies and keys from it. */
export const invocationNamesServer: Rule<(typeof permissionTypes)[number]> = {
  name: "transfer-invocation-names-its-server",
  description: "Every permission for transfer.amazonaws.com to invoke a function names the ARN of one server.",
  subjects: permissionTypes,
  *check(permission) {
    if (!admitsTransfer(permission)) {
      return;
    }
    if (!oneServer.test(String(permission.at("sourceArn").known()))) {
      yield (
        `${permission.label} lets Transfer servers invoke the function, whoever they belong to. ` +
        "Set `sourceArn` to the ARN of the server that asks it."
      );
    }
  },
};

/** Everybody, Transfer's servers among them, unless something is said of where they come from; a function's URL asks in another way. */
function admitsTransfer(permission: SeenResource<(typeof permissionTypes)[number]>): boolean {
  const principal = String(permission.at("principal").known());
  if (principal !== "*") {
    return meansTransfer(principal);
  }
  const action = String(permission.at("action").known());
  const confining = (["sourceArn", "sourceAccount", "principalOrgId"] as const).map((name) =>
    permission.at(name).known(),
  );
  return action !== "lambda:InvokeFunctionUrl" && confining.every((value) => value === undefined);
}
