import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { gatewayNames } from "./names";
import { verifyAccess } from "./access/verify";
import { SftpGateway } from "./components/gateway";
import { partitionOf } from "./iam/arn";
import { readSettings } from "./settings";
import { deployedSpaces, deployedTenants } from "./tenancy/deployed";
import { loadTenancy } from "./tenancy/load";
import { formatProblem, hasErrors, type Problem } from "./tenancy/problem";
import { stackNames } from "./tenancy/stacks";

/** The program: settings and tenants.yaml in, one gateway and the stack's outputs out. */
export = async () => {
  const settings = readSettings();
  const { project, stack, region, tenantsFile, today } = settings;
  const { tenancy, problems } = loadTenancy(tenantsFile, { stacks: stackNames(__dirname), stack, today });
  if (tenancy === undefined) {
    throw refusal(problems);
  }

  const { accountId: account } = await aws.getCallerIdentity({});
  const scope = { partition: partitionOf(region), region, account };
  const names = gatewayNames(project, stack, account);
  const tenants = deployedTenants(tenancy, stack, today);
  const violations = verifyAccess(tenantsFile, { stack, scope, bucket: names.bucket, tenants });
  if (hasErrors(violations)) {
    throw refusal(violations);
  }

  const spaces = deployedSpaces(tenancy, stack);
  const gateway = new SftpGateway(`${project}-${stack}`, { ...settings, scope, names, tenants, spaces });
  return {
    endpoint: gateway.endpoint,
    serverId: gateway.serverId,
    hostKeyFingerprint: gateway.hostKeyFingerprint,
    bucketName: gateway.bucketName,
    loggingRoleArn: gateway.loggingRoleArn,
    logGroupName: gateway.logGroupName,
    arrivalsTopicArn: gateway.arrivalsTopicArn,
    uploadsTopicArn: gateway.uploadsTopicArn,
    alarmsTopicArn: gateway.alarmsTopicArn,
    tenants: gateway.tenants,
  };
};

/** An error that the engine shows as it stands: without a stack, which the SDK takes up to a minute to colour. */
function refusal(problems: readonly Problem[]): pulumi.RunError {
  const error = new pulumi.RunError(["nothing is deployed:", ...problems.map(formatProblem)].join("\n"));
  error.stack = "";
  return error;
}
