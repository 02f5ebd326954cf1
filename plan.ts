import { planAccess } from "./access/plan";
import { loginRecords } from "./access/loginRecord";
import { deepFrozen, prove, ProvenAccess } from "./access/proof";
import { faultOfPackage } from "./functions/identity-provider/packageSize";
import { recordFiles } from "./functions/identity-provider/recordFiles";
import type { AwsScope } from "./iam/arn";
import type { GatewayNames } from "./names";
import { deployedSpaces, deployedTenants } from "./tenancy/deployed";
import { encryptedByS3, type EncryptionChoice } from "./tenancy/encryption";
import type { Tenancy } from "./tenancy/model";
import type { Problem } from "./tenancy/problem";
import { serviceManaged, type SignIn } from "./tenancy/signIn";
import { unreachable } from "./uploads/partition";
import { planUploads, queueReadersOf, type UploadsPlan } from "./uploads/plan";
import { messagingFindings } from "./uploads/proof";

/** What is planned for one gateway. */
export interface PlanOptions {
  readonly tenancy: Tenancy;
  /** The stack whose tenants, keys and listeners are meant. */
  readonly stack: string;
  /** The day (UTC, YYYY-MM-DD) against which `expires` is checked, where no function looks at it at each login. */
  readonly today: string;
  /** @default service-managed */
  readonly signIn?: SignIn;
  /** @default as S3 does by itself */
  readonly encryption?: EncryptionChoice;
  readonly scope: AwsScope;
  readonly names: GatewayNames;
  /** Path of tenants.yaml as the user gave it, for the problems. */
  readonly file: string;
}

/** Known here alone, so that nobody else can make a {@link GatewayPlan}. */
const planner = Symbol("the planner");

/** All that a gateway is made of, decided and proven before a resource is registered, and frozen. */
export class GatewayPlan {
  readonly #made = true;

  /** @throws Error for everybody but {@link planGateway}. */
  constructor(
    madeBy: symbol,
    readonly scope: AwsScope,
    readonly names: GatewayNames,
    readonly access: ProvenAccess,
    readonly uploads: UploadsPlan,
    /** Files of the package of the function that decides logins, by name; none where the service knows the users. */
    readonly records: Readonly<Record<string, string>>,
  ) {
    if (madeBy !== planner) {
      throw new Error("only planGateway makes a GatewayPlan");
    }
    deepFrozen([scope, names, uploads, records]);
    Object.freeze(this);
  }

  /** The plan itself. @throws Error for one that {@link planGateway} has not made, such as a copy. */
  static require(plan: GatewayPlan): GatewayPlan {
    if (!(#made in plan)) {
      throw new Error("this plan was not proven; plan.ts makes what is deployed");
    }
    return plan;
  }
}
Object.freeze(GatewayPlan);

/** The plan, or what keeps it from being deployed although tenants.yaml is well formed. */
export type Planned =
  | { readonly plan: GatewayPlan; readonly problems?: undefined }
  | { readonly plan?: undefined; readonly problems: readonly Problem[] };

/**
 * Plans a gateway and proves its access. `check` and the program both come here.
 * @throws Error for a name that is longer than AWS takes.
 */
export function planGateway(options: PlanOptions): Planned {
  const { tenancy, stack, today, signIn = serviceManaged, encryption = encryptedByS3, scope, names, file } = options;
  // A function looks at the day of each login, so that no day changes what is deployed.
  const tenants = deployedTenants(tenancy, stack, signIn.identityProvider === "lambda" ? undefined : today);
  const spaces = deployedSpaces(tenancy, stack);
  const uploads = planUploads({ scope, names, tenants, spaces, encryption });
  const queueReaders = queueReadersOf(uploads);
  const { access, objections = [] } = prove(
    planAccess({ scope, names, tenants, signIn, encryption, queueReaders, serviceRoles: [uploads.role] }),
  );
  const unheard = unreachable(scope, { tenants, spaces });
  const overheard = messagingFindings(scope, uploads).map((message) => ({ tenant: undefined, message }));
  if (access !== undefined && unheard.length === 0 && overheard.length === 0) {
    const records = signIn.identityProvider === "lambda" ? recordFiles(loginRecords(ProvenAccess.planOf(access))) : {};
    const fault = faultOfPackage(records);
    return fault === undefined
      ? { plan: new GatewayPlan(planner, scope, names, access, uploads, records) }
      : { problems: [{ severity: "error", file, line: 1, column: 1, message: `in stack "${stack}": ${fault}` }] };
  }
  const positions = new Map(tenants.map(({ name, position }) => [name, position]));
  const problems = [...objections, ...unheard, ...overheard].map(({ tenant, message }): Problem => {
    const position = positions.get(tenant ?? "") ?? { line: 1, column: 1 };
    const about = tenant === undefined ? {} : { tenant };
    return { severity: "error", file, ...position, message: `in stack "${stack}": ${message}`, ...about };
  });
  return { problems };
}
