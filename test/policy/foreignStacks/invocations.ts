import { exampleStack, resource } from "../exampleStack";
import { account, fault, type ForeignStack } from "./foreignStack";

function permitting(changes: object) {
  const props = {
    action: "lambda:InvokeFunction",
    function: "logins",
    principal: "transfer.amazonaws.com",
    ...changes,
  };
  return { ...exampleStack(), ask: resource("aws:lambda/permission:Permission", props) };
}

const finds = "transfer-invocation-names-its-server";
const saysNothing = "confining.every((value) => value === undefined)";

export const invocations: readonly ForeignStack[] = [
  {
    what: "a function that every server of the account may ask who logs in",
    stack: permitting({ sourceArn: `arn:aws:transfer:us-east-1:${account}:server/*` }),
    finds,
    fault: fault("invocationNamesServer", "server\\/s-[0-9a-f]{17}$/", "server\\/(\\*|s-[0-9a-f]{17})$/"),
  },
  {
    what: "a function that one server in a partition of its own may ask who logs in",
    stack: permitting({ sourceArn: `arn:aws-us-gov:transfer:us-gov-west-1:${account}:server/s-01234567890abcdef` }),
    fault: fault("invocationNamesServer", "^arn:[a-z-]+:", "^arn:aws:"),
  },
  {
    what: "a function that everybody may ask",
    stack: permitting({ principal: "*" }),
    finds,
    fault: fault("invocationNamesServer", saysNothing, "false"),
  },
  {
    what: "a function that Transfer may ask by its regional name",
    stack: permitting({ principal: "transfer.us-east-1.amazonaws.com" }),
    finds,
    fault: fault("invocationNamesServer", "meansTransfer(principal)", 'principal === "transfer.amazonaws.com"'),
  },
  {
    what: "a function that everybody may ask by its URL",
    stack: permitting({ principal: "*", action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" }),
    fault: fault("invocationNamesServer", 'action !== "lambda:InvokeFunctionUrl" && ', ""),
  },
  {
    what: "a function that everybody may ask who acts for one bucket",
    stack: permitting({ principal: "*", sourceArn: "arn:aws:s3:::partner-drop" }),
    fault: fault("invocationNamesServer", saysNothing, "true"),
  },
];
