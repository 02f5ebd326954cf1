import { placeOf, spaceOwner, tenantOwner, type Owner } from "../uploads/owner";
import type { Detail } from "./details";
import { tenantOutputs, type Side } from "./side";
import { asDocument, fieldOf, listAt } from "./structure";

/** Says whom a detail concerns: tenants, spaces, or, with none of them, everybody in the stack. */
export type OwnersOf = (detail: Detail) => readonly Owner[];

const subscription = "aws:sns/topicSubscription:TopicSubscription";

/**
 * How the program names what it makes for one tenant or space: `gateway-tenant-acme`, `gateway-dlq-space-prices`, and
 * `gateway-silent-acme` the alarm of its silence. The first of these words counts: those after it are the tenant's name.
 */
const ownName = /-(?:(?:dlq-)?(tenant|space)|silent)-([a-z0-9-]+)$/;

/** Users and keys are known by the login name, which either side may have given to somebody else. */
export function ownersIn(before: Side, after: Side): OwnersOf {
  const [then, now] = [before, after].map(byUserName) as [ReadonlyMap<string, Owner>, ReadonlyMap<string, Owner>];
  return ({ kind, resource, path, from, to }) => {
    if (resource === undefined) {
      return kind === "output" && path[0] === "tenants" && path[1] !== undefined ? [tenantOwner(path[1])] : [];
    }
    switch (resource.type) {
      case "aws:transfer/user:User":
      case "aws:transfer/sshKey:SshKey":
        return listed((kind === "deleted" ? then : now).get(String(resource.inputs["userName"])));
      case "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
        return ownersOfRule(resource.inputs["rules"], path, from, to);
      case subscription:
        return path[0] === "filterPolicy"
          ? filteredOwners(from, to)
          : subscribedOwners(resource.inputs["filterPolicy"]);
      case "aws:lambda/permission:Permission":
        return invokedBy(kind === "deleted" ? before : after, String(resource.inputs["function"]));
      default:
        return ownersByName(resource.name);
    }
  };
}

/** Whose uploads a function hears of; nobody's, when it is the gateway's own. */
function invokedBy({ deployment }: Side, functionArn: string): Owner[] {
  return deployment.resources
    .filter(({ type, inputs }) => type === subscription && String(inputs["endpoint"]).startsWith(functionArn))
    .flatMap(({ inputs }) => subscribedOwners(inputs["filterPolicy"]));
}

function byUserName({ deployment }: Side): ReadonlyMap<string, Owner> {
  const tenants = Object.entries(tenantOutputs(deployment));
  return new Map(tenants.map(([name, { userName }]) => [userName, tenantOwner(name)]));
}

/** A rule of the bucket's lifecycle is about whoever has the prefix. */
function ownersOfRule(rules: unknown, path: readonly string[], from: unknown, to: unknown): Owner[] {
  const named = listAt({ rules }, "rules").find((rule) => fieldOf(rule, "id") === path[1]);
  const prefix = [to, from, named].map((rule) => fieldOf(fieldOf(rule, "filter"), "prefix")).find(Boolean);
  return listed(typeof prefix === "string" ? placeOf(prefix)?.owner : undefined);
}

/** Those who come to a filter policy, or go from it. */
function filteredOwners(...values: unknown[]): Owner[] {
  return values.filter((value): value is Owner => typeof value === "string" && /^(tenant|space):/.test(value));
}

/** Whose uploads a subscription hears of, by its filter policy; nobody's, where that has more than names. */
export function subscribedOwners(filterPolicy: unknown): Owner[] {
  const entries = listAt(asDocument(filterPolicy), "owner");
  const owners = filteredOwners(...entries);
  return owners.length === entries.length ? owners : [];
}

/** Whose it is by the name that the program gives it; nobody in particular without one. */
export function ownersByName(name: string): Owner[] {
  const [, kind = "tenant", owner] = ownName.exec(name) ?? [];
  return owner === undefined ? [] : [kind === "tenant" ? tenantOwner(owner) : spaceOwner(owner)];
}

/** Whether the name is that of an alarm of a tenant's silence. */
export function isSilenceName(name: string): boolean {
  return ownName.exec(name)?.[0].startsWith("-silent-") === true;
}

function listed<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
