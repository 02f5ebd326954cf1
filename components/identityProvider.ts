import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceRolePlan } from "../access/plan";
import { identityProviderName, identityProviderTable, type GatewayNames } from "../names";
import type { SignIn } from "../tenancy/signIn";
import { bundledFunction } from "./bundledFunction";
import { tableKey, waitingFor, type DataKey } from "./encryption";
import { roleWithPolicy } from "./role";

export interface IdentityProviderArgs {
  readonly names: GatewayNames;
  readonly role: ServiceRolePlan;
  readonly signIn: SignIn;
  /** The function's bundle, and beside it the proven records of all logins. */
  readonly code: pulumi.Input<pulumi.asset.Archive>;
  /** Retention of the function's log, which tells who logged in and why somebody could not. */
  readonly logRetentionDays: number;
  /** MB; a processor's share grows with it, and the check of a password waits for the processor. */
  readonly identityProviderMemory: number;
  /** What one login may take. */
  readonly identityProviderTimeoutSeconds: number;
  /** The most logins at a time, taken from the account's; -1: as many as the account has left. */
  readonly identityProviderConcurrency: number;
  /** ARN of the managed policy beyond which the function's role cannot go; empty: none. */
  readonly permissionsBoundary: string;
  /** Refuse deletion of the table, which holds what stands nowhere else: the hashes of passwords. */
  readonly protect: boolean;
  /** What log, table and variables lie under; undefined: what AWS gives them. */
  readonly key: DataKey | undefined;
}

/**
 * Who decides each login, instead of the service's own list of users: the function `identity-provider` with role and log, and
 * the table of password hashes and stopped tenants. Tenants are data in the function's package: no resource here is a tenant's.
 */
export class IdentityProvider extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;

  constructor(name: string, args: IdentityProviderArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sftp-gateway:components:IdentityProvider", name, {}, opts);
    const ownName = `${name}-identity-provider`;
    const table = this.createTable(ownName, args);
    const { role, policy } = roleWithPolicy(
      ownName,
      {
        plan: args.role,
        description: "The function identity-provider runs with it; it reads one table and no file",
        permissionsBoundary: args.permissionsBoundary,
      },
      { parent: this },
    );
    this.function = bundledFunction(
      ownName,
      {
        functionName: identityProviderName(args.names),
        description: "Answers Transfer Family who may log in, and to what",
        code: args.code,
        role,
        policy,
        memoryMegabytes: args.identityProviderMemory,
        timeoutSeconds: args.identityProviderTimeoutSeconds,
        concurrency: args.identityProviderConcurrency,
        variables: {
          TABLE_NAME: table.name,
          AUTHENTICATION: args.signIn.authentication,
          POWERTOOLS_METRICS_NAMESPACE: args.names.metrics,
        },
        logRetentionDays: args.logRetentionDays,
        key: args.key,
      },
      { parent: this },
    );
    this.registerOutputs({ functionName: this.function.name, tableName: table.name });
  }

  /** Without the gateway's key it has one of DynamoDB's own, so that no login depends on KMS as well. */
  private createTable(name: string, { names, protect, key }: IdentityProviderArgs): aws.dynamodb.Table {
    return new aws.dynamodb.Table(
      name,
      {
        name: identityProviderTable(names),
        billingMode: "PAY_PER_REQUEST",
        hashKey: "tenant",
        attributes: [{ name: "tenant", type: "S" }],
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: protect,
        ...tableKey(key),
      },
      waitingFor(key, { parent: this, protect }),
    );
  }
}
