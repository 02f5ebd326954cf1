import { requireRole } from "./iamTypes";
import type { ResourceType } from "./resourceTypes";
import { ServiceError, type Properties, type Service } from "./service";

const functionType = "aws:lambda/function:Function";
const permissionType = "aws:lambda/permission:Permission";
const invokeConfigType = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/** A function that is named by its ARN is somebody else's, and taken to exist. */
function requireFunction(service: Service, name: unknown): void {
  if (!String(name).startsWith("arn:") && service.find(functionType, String(name)) === undefined) {
    throw new ServiceError("ResourceNotFoundException", `function not found: ${String(name)}`);
  }
}

/** The engine sends an archive along with the hash of its content, which alone tells whether it has changed. */
function archiveHash(value: unknown): unknown {
  return (value as { readonly hash?: string } | undefined)?.hash ?? value;
}

/** Without a limit of its own a function shares the account's, which is no request. */
function concurrencyRequests({ name, reservedConcurrentExecutions }: Properties) {
  return reservedConcurrentExecutions === undefined || reservedConcurrentExecutions === -1
    ? []
    : [
        {
          operation: "lambda:PutFunctionConcurrency",
          parameters: { functionName: name, reservedConcurrentExecutions },
        },
      ];
}

/** Lambda, and DynamoDB that functions keep things in. */
export const functionTypes: Readonly<Record<string, ResourceType>> = {
  [functionType]: {
    requests: ({ name, code: _, reservedConcurrentExecutions, ...rest }) => [
      { operation: "lambda:CreateFunction", parameters: { functionName: name, code: {}, ...rest } },
      ...concurrencyRequests({ name, reservedConcurrentExecutions }),
    ],
    replaceOn: ["name"],
    whenExists: { refuse: "ResourceConflictException" },
    comparable: (key, value) => (key === "code" ? archiveHash(value) : value),
    accept: (service, { role }) => requireRole(service, role),
    release: (service, { id }) =>
      service.remove(
        ({ type, inputs }) =>
          (type === permissionType && inputs["function"] === id) ||
          (type === invokeConfigType && inputs["functionName"] === id),
      ),
  },
  [permissionType]: {
    requests: ({ function: functionName, ...rest }) => [
      { operation: "lambda:AddPermission", parameters: { functionName, ...rest } },
    ],
    replaceOn: ["function", "statementId", "action", "principal", "sourceArn", "sourceAccount"],
    whenExists: { refuse: "ResourceConflictException" },
    accept: (service, inputs) => requireFunction(service, inputs["function"]),
  },
  [invokeConfigType]: {
    requests: (inputs) => [{ operation: "lambda:PutFunctionEventInvokeConfig", parameters: inputs }],
    replaceOn: ["functionName"],
    whenExists: "overwrite",
    accept: (service, { functionName }) => requireFunction(service, functionName),
  },
  "aws:dynamodb/table:Table": {
    requests: ({ name, attributes = [], hashKey, ttl, ...rest }) => [
      {
        operation: "dynamodb:CreateTable",
        parameters: {
          tableName: name,
          attributeDefinitions: (attributes as readonly Properties[]).map((attribute) => ({
            attributeName: attribute["name"],
            attributeType: attribute["type"],
          })),
          keySchema: [{ attributeName: hashKey, keyType: "HASH" }],
          ...rest,
        },
      },
      { operation: "dynamodb:UpdateTimeToLive", parameters: { tableName: name, timeToLiveSpecification: ttl } },
    ],
    replaceOn: ["name", "hashKey"],
    whenExists: { refuse: "ResourceInUseException" },
  },
};
