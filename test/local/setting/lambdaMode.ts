import { createHash } from "node:crypto";
import type { LoginRecord } from "../../../access/loginRecord";
import { functionCode } from "../../../components/functionCode";
import { archiveHash, bundleFunction } from "../../../functions/bundle";
import { recordFiles } from "../../../functions/identity-provider/recordFiles";
import { inventoryOf } from "../../../inventory/inventory";
import type { DeployedUser } from "../../../inventory/user";
import type { AuthenticationMethods } from "../../../local/logins/identityProvider";
import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { draft, policyText, type DeploymentDraft, type ResourceDraft } from "./deployment";

/** What users of the service's own server do not have. */
export interface LambdaMode {
  /** Default: PUBLIC_KEY_OR_PASSWORD. */
  readonly authentication?: AuthenticationMethods;
  /** What is beside the records that follow from the users, by login name. */
  readonly more?: Readonly<Record<string, Partial<LoginRecord>>>;
}

const functionName = "sftp-gateway-test-identity-provider";
const functionRole = "identity-provider-1234567";

/** The same server with the same users, whose logins the function `identity-provider` decides instead of the service. */
export async function inLambdaMode(
  deployment: Deployment,
  { authentication = "PUBLIC_KEY_OR_PASSWORD", more = {} }: LambdaMode = {},
): Promise<DeploymentDraft> {
  const { users, servers } = inventoryOf(deployment);
  const { arn, resource } = servers[0]!;
  const [, , , region = "", account = ""] = arn.split(":");
  const records = users.map((user) => ({ ...recordOf(user, deployment), ...more[user.userName] }));
  const lambdaArn = `arn:aws:lambda:${region}:${account}:function:${functionName}`;
  const others = deployment.resources.filter(
    (each) => each !== resource && !/:(User|SshKey)$/.test(each.type),
  ) as ResourceDraft[];
  return {
    stack: deployment.stack,
    outputs: {},
    resources: [
      ...others,
      servedBy(resource, lambdaArn, authentication),
      ...functionResources({ lambdaArn, serverArn: arn, region, account, authentication }, await packageOf(records)),
    ],
  };
}

function servedBy(server: DeployedResource, lambdaArn: string, authentication: AuthenticationMethods): ResourceDraft {
  const more = {
    identityProviderType: "AWS_LAMBDA",
    function: lambdaArn,
    sftpAuthenticationMethods: authentication,
  };
  return { ...server, inputs: { ...server.inputs, ...more }, outputs: { ...server.outputs, ...more } };
}

function recordOf(user: DeployedUser, deployment: Deployment): LoginRecord {
  const { userName, roleArn, session, mappings = [], keys, home } = user;
  const output = (deployment.outputs["tenants"] ?? {}) as Readonly<Record<string, { readonly userName: string }>>;
  const [tenant = userName] = Object.entries(output).find(([, each]) => each.userName === userName) ?? [];
  return {
    userName,
    tenant,
    role: roleArn,
    policy: session?.text ?? policyText([{ Effect: "Allow", Action: "*", Resource: "*" }]),
    mappings: JSON.stringify(mappings.map(({ entry, target }) => ({ Entry: entry, Target: target }))),
    ...(home === "/" ? {} : { homeDirectory: home }),
    keys: keys.map(({ body }) => ({ key: body })),
    password: true,
  };
}

/** The package as a synthesis leaves it on this machine, and as it shows it. */
async function packageOf(records: readonly LoginRecord[]): Promise<object> {
  const data = recordFiles(records);
  await functionCode("identity-provider", data);
  const files = { ...(await bundleFunction("identity-provider")).files, ...data };
  const shown = Object.entries(files).map(([name, text]) => {
    const asset = createHash("sha256").update(text).digest("hex");
    return [name, name in data ? { asset, text } : { asset }] as const;
  });
  return { archive: archiveHash(files), assets: Object.fromEntries(shown) };
}

interface Place {
  readonly lambdaArn: string;
  readonly serverArn: string;
  readonly region: string;
  readonly account: string;
  readonly authentication: AuthenticationMethods;
}

function functionResources(place: Place, code: object): ResourceDraft[] {
  const { lambdaArn, serverArn, region, account, authentication } = place;
  const tableArn = `arn:aws:dynamodb:${region}:${account}:table/${functionName}`;
  const roleArn = `arn:aws:iam::${account}:role/${functionRole}`;
  const trust = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
  const reads = [{ Effect: "Allow", Action: "dynamodb:GetItem", Resource: tableArn }];
  return [
    draft("aws:dynamodb/table:Table", "gateway-identity-provider", { name: functionName }, { arn: tableArn }),
    draft(
      "aws:iam/role:Role",
      functionRole,
      { assumeRolePolicy: policyText(trust) },
      { arn: roleArn, name: functionRole },
      functionRole,
    ),
    draft("aws:iam/rolePolicy:RolePolicy", functionRole, { role: functionRole, policy: policyText(reads) }),
    draft(
      "aws:lambda/function:Function",
      "gateway-identity-provider",
      {
        name: functionName,
        handler: "index.handler",
        code,
        role: roleArn,
        timeout: 10,
        environment: {
          variables: {
            TABLE_NAME: functionName,
            AUTHENTICATION: authentication,
            POWERTOOLS_METRICS_NAMESPACE: "sftp-gateway-test",
          },
        },
      },
      { arn: lambdaArn },
    ),
    draft("aws:lambda/permission:Permission", "gateway-identity-provider", {
      statementId: "transfer",
      action: "lambda:InvokeFunction",
      function: functionName,
      principal: "transfer.amazonaws.com",
      sourceArn: serverArn,
      sourceAccount: account,
    }),
  ];
}
