import { exampleStack, resource } from "../exampleStack";
import { account, fault, type ForeignStack } from "./foreignStack";

function invokedBy(sourceArn: string, principal = "transfer.amazonaws.com") {
  const props = { action: "lambda:InvokeFunction", function: "logins", principal, sourceArn };
  return { ...exampleStack(), ask: resource("aws:lambda/permission:Permission", props) };
}

export const invocations: readonly ForeignStack[] = [
  {
    what: "a function that every server of the account may ask who logs in",
    stack: invokedBy(`arn:aws:transfer:us-east-1:${account}:server/*`),
    finds: "transfer-invocation-names-its-server",
    fault: fault("invocationNamesServer", "server\\/s-[0-9a-f]{17}$/", "server\\/(\\*|s-[0-9a-f]{17})$/"),
  },
  {
    what: "a function that one server in a partition of its own may ask who logs in",
    stack: invokedBy(`arn:aws-us-gov:transfer:us-gov-west-1:${account}:server/s-01234567890abcdef`),
    fault: fault("invocationNamesServer", "^arn:[a-z-]+:", "^arn:aws:"),
  },
];
