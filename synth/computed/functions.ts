import { arn } from "../../iam/arn";
import { text, type ComputeByType } from "./compute";

/** Functions, and the tables that they keep things in. */
export const functions: ComputeByType = {
  "aws:lambda/function:Function": (inputs, { scope }) => {
    const name = text(inputs, "name");
    const functionArn = arn(scope, "lambda", `function:${name}`);
    const path = `arn:${scope.partition}:apigateway:${scope.region}:lambda:path/2015-03-31/functions`;
    return {
      id: name,
      outputs: {
        arn: functionArn,
        invokeArn: `${path}/${functionArn}/invocations`,
        qualifiedArn: `${functionArn}:$LATEST`,
        version: "$LATEST",
      },
    };
  },
  "aws:lambda/permission:Permission": (inputs) => ({ id: text(inputs, "statementId"), outputs: {} }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (inputs) => ({
    id: text(inputs, "functionName"),
    outputs: {},
  }),
  "aws:dynamodb/table:Table": (inputs, { scope }) => {
    const name = text(inputs, "name");
    return { id: name, outputs: { arn: arn(scope, "dynamodb", `table/${name}`) } };
  },
};
