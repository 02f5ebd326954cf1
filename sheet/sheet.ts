import type { AccessReport, ReportedFolder, ReportedKey, ReportedTenant } from "../access/report/model";
import { suggestion } from "../tenancy/explain";
import { listed, quoted } from "../tenancy/quote";
import { authentications, needsKey, needsPassword, type SignIn } from "../tenancy/signIn";
import { UserError } from "../userError";
import type { Host, PublishedTenant } from "./host";

/** What one partner needs to connect. Nothing in it is secret. */
export interface Sheet {
  readonly tenant: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly host: Host;
  readonly login: string;
  /** Transfer's word for what a client logs in with. */
  readonly authentication: string;
  /** Whether a password may let it in, or is asked for beside its key. */
  readonly password: boolean;
  readonly allowedCidrs?: readonly string[] | undefined;
  /** The client's path after login. */
  readonly landingFolder: string;
  readonly folders: readonly ReportedFolder[];
  readonly keys: readonly ReportedKey[];
  /** Whom to ask; empty: nobody is named. */
  readonly supportContact: string;
}

/** Where the parts of a sheet come from. */
export interface SheetSources {
  readonly tenant: string;
  /** Of the stack, from the working tree. */
  readonly report: AccessReport;
  readonly host: Host;
  /** What the stack says of its tenants; undefined where there is none to ask. */
  readonly deployed?: Readonly<Record<string, PublishedTenant>> | undefined;
  /** The landing bucket by the outputs of a stack, which shows whose they are. */
  readonly bucketName?: string | undefined;
  readonly supportContact: string;
}

/**
 * The sheet of one tenant.
 * @throws UserError for a tenant that the stack does not have or that cannot log in, for outputs of another stack, and where what is deployed is not what the
 * working tree has: a partner would be sent to folders that are not there.
 */
export function sheetOf({ tenant: name, report, host, deployed, bucketName, supportContact }: SheetSources): Sheet {
  const tenant = requireTenant(name, report);
  requireOwnOutputs(bucketName, report);
  requireDeployed(tenant, deployed, report.stack);
  const sheet: Sheet = {
    tenant: name,
    today: report.today,
    host,
    login: tenant.userName,
    authentication: report.servers[0]?.authentication ?? "PUBLIC_KEY",
    password: tenant.password,
    allowedCidrs: tenant.allowedCidrs,
    landingFolder: tenant.landingFolder,
    folders: tenant.folders,
    keys: tenant.keys.filter(({ expires }) => expires === undefined || expires >= report.today),
    supportContact,
  };
  if (!canLogIn(sheet)) {
    throw new UserError(
      `tenant ${quoted(name)} has nothing to log in with in stack ${report.stack} on ${report.today}`,
    );
  }
  return sheet;
}

function requireTenant(name: string, { stack, tenants }: AccessReport): ReportedTenant {
  const tenant = tenants.find((reported) => reported.name === name);
  if (tenant === undefined) {
    const meant = suggestion(name, tenants.map((known) => known.name)); // prettier-ignore
    throw new UserError([`${quoted(name)} is not a tenant of stack ${stack}`, meant ?? []].flat().join("; "));
  }
  if (tenant.state === "suspended" || tenant.folders.length === 0) {
    throw new UserError(`tenant ${quoted(name)} is suspended in stack ${stack}: it cannot log in`);
  }
  return tenant;
}

/** The name of a bucket ends with the number of the account, which the working tree does not know. */
function requireOwnOutputs(bucketName: string | undefined, { stack, buckets }: AccessReport): void {
  const withoutAccount = (name: string) => name.replace(/-\d{12}$/, "");
  if (bucketName !== undefined && !buckets.some((name) => withoutAccount(name) === withoutAccount(bucketName))) {
    throw new UserError(`these are not the outputs of stack ${stack}: their bucketName is ${quoted(bucketName)}`);
  }
}

function requireDeployed(tenant: ReportedTenant, deployed: SheetSources["deployed"], stack: string): void {
  if (deployed === undefined) {
    return;
  }
  const there = Object.hasOwn(deployed, tenant.name) ? deployed[tenant.name] : undefined;
  if (there === undefined) {
    throw new UserError(`stack ${stack} has no tenant ${quoted(tenant.name)} yet: deploy it first`);
  }
  const differing = [
    ...(there.userName === tenant.userName ? [] : ["login name"]),
    ...(same(there.prefixes, tenant.folders.map(({ prefix }) => prefix)) ? [] : ["folders"]), // prettier-ignore
    ...(there.homeDirectory === tenant.landingFolder ? [] : ["landing folder"]),
    ...(same(there.keyFingerprints, tenant.keys.map(({ fingerprint }) => fingerprint)) ? [] : ["keys"]), // prettier-ignore
  ];
  if (differing.length > 0) {
    throw new UserError(
      `stack ${stack} does not have the ${listed(differing)} of ${quoted(tenant.name)} as they are in the working tree: ` +
        "deploy it, or check out what is deployed",
    );
  }
}

function same(these: readonly string[], those: readonly string[]): boolean {
  return [...these].sort().join("\n") === [...those].sort().join("\n");
}

/** Whether a key is a part of every way in. */
export function takesKeys({ authentication, keys }: Sheet): boolean {
  return authentication !== "PASSWORD" && keys.length > 0;
}

/** Whether nobody gets in without a password. */
export function asksForPassword(sheet: Sheet): boolean {
  return sheet.password && (needsPassword(signInOf(sheet)) || !takesKeys(sheet));
}

function canLogIn(sheet: Sheet): boolean {
  const [hasKey, signIn] = [sheet.keys.length > 0, signInOf(sheet)];
  return (hasKey || sheet.password) && (hasKey || !needsKey(signIn)) && (sheet.password || !needsPassword(signIn));
}

/** Where the service knows the users, it takes keys alone, as where a function is asked for keys alone. */
function signInOf({ authentication }: Sheet): SignIn {
  const known = authentications.find((each) => each === authentication) ?? "PUBLIC_KEY";
  return { identityProvider: "lambda", authentication: known };
}
