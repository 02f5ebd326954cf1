import { grantsOf } from "../../access/grant";
import type { Claim } from "../../access/isolation";
import type { DeployedResource, Deployment } from "../../synth/deployment";
import { syntheticAccount } from "../../synth/computed";
import type { DeployedTenant } from "../../tenancy/deployed";
import { ofType, only } from "../components/gatewayStack";

/** What is to be proven of a synthesised stack: the documents are its resources', the grants are the file's. */
export function deployedClaim(deployment: Deployment, region: string, tenants: readonly DeployedTenant[]): Claim {
  const byUserName = new Map(tenants.map((tenant) => [tenant.userName, tenant]));
  const users = ofType(deployment, "User").map(({ inputs }) => {
    const userName = String(inputs["userName"]);
    const tenant = byUserName.get(userName);
    if (tenant === undefined) {
      throw new Error(`the user ${userName} belongs to no tenant`);
    }
    return {
      tenant: tenant.name,
      userName,
      grants: grantsOf(tenant),
      session: String(inputs["policy"]),
      roleArn: String(inputs["role"]),
      mappings: inputs["homeDirectoryMappings"] as { entry: string; target: string }[],
    };
  });
  const roleArns = new Set(users.map(({ roleArn }) => roleArn));
  const roles = ofType(deployment, "Role").filter(({ outputs }) => roleArns.has(String(outputs["arn"])));
  return {
    scope: { partition: "aws", region, account: syntheticAccount },
    bucket: String(only(deployment, "Bucket").inputs["bucket"]),
    users,
    roles: roles.map((role) => ({
      arn: String(role.outputs["arn"]),
      policies: policiesOf(role, deployment),
      trust: String(role.inputs["assumeRolePolicy"]),
    })),
    bucketPolicy: String(only(deployment, "BucketPolicy").inputs["policy"]),
  };
}

function policiesOf({ id }: DeployedResource, deployment: Deployment): string[] {
  return ofType(deployment, "RolePolicy")
    .filter(({ inputs }) => inputs["role"] === id)
    .map(({ inputs }) => String(inputs["policy"]));
}
