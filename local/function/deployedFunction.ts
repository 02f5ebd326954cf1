import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument, Statement } from "../../iam/policy";
import { blockOf, labelOf, resourcesOf, textOf, valueOf } from "../../inventory/resources";
import type { DeployedRole } from "../../inventory/role";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { numberOf, optionalTextOf } from "../delivery/deployed/values";
import { Gate, type Guarded } from "../delivery/gate";
import { unlessRefused } from "../delivery/undelivered";
import { NotServedError, refuseInputs } from "../service/notServed";
import type { FunctionProcessOptions } from "./functionProcess";

/** Where a function is deployed, and what it is run from here. */
export interface FunctionPlace {
  readonly deployment: Deployment;
  readonly region: string;
  readonly account: string;
  /** By ARN. */
  readonly roles: ReadonlyMap<string, DeployedRole>;
  /** Where bundles lie, each in a folder of its hash. */
  readonly codeFolder: string;
}

/** Source: AWS Lambda Developer Guide, "Configure Lambda function timeout". */
const defaultTimeoutSeconds = 3;

/** Who may invoke a function, by its permissions. */
export function guardedFunction(lambda: DeployedResource, { deployment, account }: FunctionPlace): Guarded {
  const policy = permissionsOf(lambda, deployment);
  return { label: labelOf(lambda), arn: textOf(lambda, "arn"), account, policy };
}

/** How its code runs. @throws NotServedError for a function that cannot be reproduced faithfully, or whose code is not there. */
export function deployedCode(
  lambda: DeployedResource,
  { codeFolder, region }: FunctionPlace,
): Pick<FunctionProcessOptions, "codeFile" | "environment" | "timeoutSeconds"> {
  refuseInputs(lambda, "deadLetterConfig", "fileSystemConfig", "layers", "imageUri", "s3Bucket");
  return {
    codeFile: codeFileOf(lambda, codeFolder),
    environment: environmentOf(lambda, region),
    timeoutSeconds: numberOf(lambda, "timeout", defaultTimeoutSeconds),
  };
}

/** Lambda takes no function whose role it may not take on. @throws NotServedError for one. */
export function roleOfFunction(
  lambda: DeployedResource,
  { roles, account: deploymentAccount }: FunctionPlace,
): DeployedRole {
  const role = roles.get(textOf(lambda, "role"));
  if (role === undefined) {
    throw new NotServedError(labelOf(lambda), "its role is not part of the deployment");
  }
  const { arn, account, trust } = role;
  const invoker = {
    service: "lambda.amazonaws.com",
    sourceArn: textOf(lambda, "arn"),
    sourceAccount: deploymentAccount,
  };
  unlessRefused(
    () => new Gate({ label: labelOf(lambda), arn, account, policy: trust.content }).require("sts:AssumeRole", invoker),
    () => {
      throw new NotServedError(labelOf(lambda), `Lambda may not take on its role ${arn}`);
    },
  );
  return role;
}

/** The permissions of a function as the policy that Lambda makes of them. */
function permissionsOf(lambda: DeployedResource, deployment: Deployment): PolicyDocument | undefined {
  const names = [textOf(lambda, "name"), textOf(lambda, "arn")];
  const statements = resourcesOf(deployment, "aws:lambda/permission:Permission")
    .filter((permission) => names.includes(textOf(permission, "function")) && !valueOf(permission, "qualifier"))
    .map((permission): Statement => {
      refuseInputs(permission, "principalOrgId", "eventSourceToken", "functionUrlAuthType");
      const principal = textOf(permission, "principal");
      const sourceArn = optionalTextOf(permission, "sourceArn");
      const sourceAccount = optionalTextOf(permission, "sourceAccount");
      return {
        Sid: textOf(permission, "statementId"),
        Effect: "Allow",
        Principal: principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal },
        Action: textOf(permission, "action"),
        Resource: textOf(lambda, "arn"),
        Condition: {
          ...(sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } }),
          ...(sourceAccount === undefined ? {} : { StringEquals: { "aws:SourceAccount": sourceAccount } }),
        },
      };
    });
  return statements.length === 0 ? undefined : { Version: "2012-10-17", Statement: statements };
}

function codeFileOf(lambda: DeployedResource, codeFolder: string): string {
  const { archive } = blockOf(lambda, "code");
  if (typeof archive !== "string" || textOf(lambda, "handler") !== "index.handler") {
    throw new NotServedError(labelOf(lambda), 'only an archive of ours with the handler "index.handler" can be run');
  }
  const file = join(codeFolder, archive, "index.mjs");
  if (!existsSync(file)) {
    throw new NotServedError(
      labelOf(lambda),
      `its code, ${file}, is not there; a synthesis on this machine writes it (npm run synth)`,
    );
  }
  return file;
}

/** The deployed variables, and the few of Lambda's own; nothing of the shell that the gateway was started in. */
function environmentOf(lambda: DeployedResource, region: string): Record<string, string> {
  const variables = Object.entries(blockOf(lambda, "environment")["variables"] ?? {}).map(([name, value]) => {
    if (typeof value !== "string") {
      throw new NotServedError(labelOf(lambda), `the environment variable ${name} must be known before the deployment`);
    }
    return [name, value] as const;
  });
  return {
    PATH: process.env["PATH"] ?? "",
    TZ: "UTC",
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: textOf(lambda, "name"),
    ...Object.fromEntries(variables),
  };
}
