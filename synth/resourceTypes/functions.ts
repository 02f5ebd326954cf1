import { arn, type AwsScope } from "../../iam/arn";
import { actions, byName, text, type DeclaredTypes } from "./resourceType";

function functionArn(name: string, scope: AwsScope): string {
  return arn(scope, "lambda", `function:${name}`);
}

/** Functions, and the tables that they keep things in. */
export const functions = {
  "aws:lambda/function:Function": {
    computed: (inputs, { scope }) => {
      const name = text(inputs, "name");
      const ownArn = functionArn(name, scope);
      const path = `arn:${scope.partition}:apigateway:${scope.region}:lambda:path/2015-03-31/functions`;
      return {
        id: name,
        outputs: {
          arn: ownArn,
          invokeArn: `${path}/${ownArn}/invocations`,
          qualifiedArn: `${ownArn}:$LATEST`,
          version: "$LATEST",
        },
      };
    },
    replacedBy: ["name", "packageType"],
    read: actions("lambda", "GetFunction", "GetFunctionCodeSigningConfig", "ListVersionsByFunction", "ListTags"),
    write: [
      ...actions("lambda", "CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "DeleteFunction"),
      ...actions("lambda", "PutFunctionConcurrency", "DeleteFunctionConcurrency", "TagResource", "UntagResource"),
    ],
  },
  "aws:lambda/permission:Permission": {
    computed: (inputs) => ({ id: text(inputs, "statementId"), outputs: {} }),
    replacedBy: ["action", "function", "principal", "qualifier", "sourceAccount", "sourceArn", "statementId"],
    read: actions("lambda", "GetPolicy"),
    write: actions("lambda", "AddPermission", "RemovePermission"),
    // The function is given by its name, or by its ARN where it is somebody else's.
    on: (inputs, scope) => {
      const named = text(inputs, "function");
      return named.startsWith("arn:") ? named : functionArn(named, scope);
    },
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    computed: (inputs) => ({ id: text(inputs, "functionName"), outputs: {} }),
    replacedBy: ["functionName", "qualifier"],
    read: actions("lambda", "GetFunctionEventInvokeConfig"),
    write: actions("lambda", "PutFunctionEventInvokeConfig", "DeleteFunctionEventInvokeConfig"),
    on: (inputs, scope) => functionArn(text(inputs, "functionName"), scope),
  },
  "aws:dynamodb/table:Table": {
    computed: byName("dynamodb", "table/"),
    holds: "what the function keeps in the table",
    replacedBy: ["hashKey", "name", "rangeKey"],
    read: actions("dynamodb", "DescribeTable", "DescribeContinuousBackups", "DescribeTimeToLive", "ListTagsOfResource"),
    write: [
      ...actions(
        "dynamodb",
        "CreateTable",
        "UpdateTable",
        "UpdateTimeToLive",
        "UpdateContinuousBackups",
        "DeleteTable",
      ),
      ...actions("dynamodb", "TagResource", "UntagResource"),
    ],
  },
} satisfies DeclaredTypes;
