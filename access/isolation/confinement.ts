import { listOf, type Conditions, type Statement } from "../../iam/policy";
import { accessNames, type Access } from "../../tenancy/access";
import { bucketAction, listAction, objectStatements } from "../actions";
import type { Area } from "./claim";

/**
 * Says why an Allow statement opens more than the areas, or undefined when it provably does not. It reasons about the
 * patterns themselves: what stands before the first wildcard must already lie in an area, and what follows the area's
 * prefix must be covered by what its access allows. Deny statements only narrow and need no proof.
 * @param bucketResource ARN of the landing bucket.
 */
export function overreachOf(statement: Statement, areas: readonly Area[], bucketResource: string): string | undefined {
  const { NotAction, NotResource, Action, Resource, Condition = {} } = statement;
  if (NotAction !== undefined || NotResource !== undefined) {
    const element = NotAction === undefined ? "NotResource" : "NotAction";
    return `allows everything but what ${element} lists`;
  }
  const resources = listOf(Resource);
  const variable = [...resources, ...valuesIn(Condition)].find((value) => value.includes("${"));
  if (variable !== undefined) {
    return `depends on a policy variable: "${variable}"`;
  }
  for (const action of listOf(Action)) {
    if (/[*?]/.test(action)) {
      return `allows the wildcard action "${action}"`;
    }
    for (const resource of resources) {
      const overreach = overreachOfPair(action, resource, Condition, areas, bucketResource);
      if (overreach !== undefined) {
        return overreach;
      }
    }
  }
  return undefined;
}

/** The table of profiles, ready to be asked for an action in lower case. */
const suffixTable = new Map(
  accessNames.map((access) => [
    access,
    { own: suffixesByAction(access, false), shared: suffixesByAction(access, true) },
  ]),
);

function suffixesByAction(access: Access, shared: boolean): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const { actions, suffixes } of objectStatements(access, shared)) {
    for (const action of actions.map((name) => name.toLowerCase())) {
      table.set(action, [...(table.get(action) ?? []), ...suffixes]);
    }
  }
  return table;
}

/** The object actions of every profile; no others are ever granted. */
const objectActions: ReadonlySet<string> = new Set(
  [...suffixTable.values()].flatMap(({ own, shared }) => [...own.keys(), ...shared.keys()]),
);

function overreachOfPair(
  action: string,
  resource: string,
  conditions: Conditions,
  areas: readonly Area[],
  bucketResource: string,
): string | undefined {
  const name = action.toLowerCase();
  const isObjectAction = objectActions.has(name);
  const isListing = name === listAction.toLowerCase();
  if (!isObjectAction && !isListing && name !== bucketAction.toLowerCase()) {
    return `allows ${action}, which no access includes`;
  }
  if (resource === bucketResource) {
    // An action on objects cannot be asked of a bucket, so it opens nothing there.
    return isListing ? overreachOfListing(conditions, areas) : undefined;
  }
  if (!resource.startsWith(`${bucketResource}/`)) {
    return `allows ${action} on "${resource}", which is not confined to the landing bucket`;
  }
  return isObjectAction ? overreachOnObjects(action, resource, areas, bucketResource) : undefined;
}

function overreachOnObjects(
  action: string,
  resource: string,
  areas: readonly Area[],
  bucketResource: string,
): string | undefined {
  const pattern = resource.slice(bucketResource.length + 1);
  const around = areasAround(pattern, areas);
  if (around.length === 0) {
    return `allows ${action} on "${resource}", which is not below a prefix granted to it`;
  }
  const granted = around.some((area) => grantedSuffixes(area, action).some((suffix) => covers(suffix, area, pattern)));
  return granted ? undefined : `allows ${action} on "${resource}", which its access there does not include`;
}

/** The areas that hold every key the pattern matches. */
function areasAround(pattern: string, areas: readonly Area[]): Area[] {
  const literal = literalStart(pattern);
  return areas.filter(({ prefix }) => literal.startsWith(prefix));
}

/** What may follow the area's prefix for an action, as the table of profiles says. */
export function grantedSuffixes({ access, shared }: Area, action: string): readonly string[] {
  const table = suffixTable.get(access);
  return (shared ? table?.shared : table?.own)?.get(action.toLowerCase()) ?? [];
}

/** A suffix is `*` and a fixed ending: it covers exactly the patterns that have this ending in plain characters. */
function covers(suffix: string, { prefix }: Area, pattern: string): boolean {
  return pattern.slice(prefix.length).endsWith(suffix.slice(1));
}

/** Values must hold for the condition to hold; with IfExists or ForAllValues a listing without prefix would pass. */
const confiningOperators: ReadonlySet<string> = new Set(["StringEquals", "StringLike"]);

function overreachOfListing(conditions: Conditions, areas: readonly Area[]): string | undefined {
  let overreach: string | undefined;
  for (const [operator, keys] of Object.entries(conditions)) {
    for (const [key, values] of Object.entries(keys)) {
      if (key.toLowerCase() === "s3:prefix" && confiningOperators.has(operator)) {
        const wide = listOf(values).find((value) => !isConfinedPrefix(value, operator, areas));
        if (wide === undefined) {
          return undefined; // further conditions can only narrow
        }
        overreach = `lists the bucket where s3:prefix is "${wide}", which is not a folder granted to it`;
      }
    }
  }
  return overreach ?? "lists the bucket without being limited to values of s3:prefix";
}

function isConfinedPrefix(value: string, operator: string, areas: readonly Area[]): boolean {
  const literal = operator === "StringLike" ? literalStart(value) : value;
  return /\/\*?$/.test(value) && areas.some(({ prefix }) => literal.startsWith(prefix));
}

/** What every text that the pattern matches starts with. */
export function literalStart(pattern: string): string {
  const wildcard = pattern.search(/[*?]/);
  return wildcard < 0 ? pattern : pattern.slice(0, wildcard);
}

function valuesIn(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap((keys) => Object.values(keys).flatMap(listOf));
}
