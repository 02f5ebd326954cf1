import { asciiLowerCase } from "../../iam/asciiCase";
import type { AccessRequest } from "../../iam/evaluate";
import { patternMatcher } from "../../iam/glob";
import { listOf, type Conditions, type Statement } from "../../iam/policy";
import { accessNames } from "../../tenancy/access";
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
  const variable = [...resources, ...conditionsIn(Condition).flatMap(({ values }) => values)].find((value) =>
    value.includes("${"),
  );
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

/** The object actions of every profile, in lower case; no others are ever granted. */
const objectActions: ReadonlySet<string> = new Set(
  accessNames.flatMap((access) =>
    [true, false].flatMap((shared) =>
      objectStatements(access, shared).flatMap(({ actions }) => actions.map((action) => asciiLowerCase(action))),
    ),
  ),
);

function overreachOfPair(
  action: string,
  resource: string,
  conditions: Conditions,
  areas: readonly Area[],
  bucketResource: string,
): string | undefined {
  const name = asciiLowerCase(action);
  const isObjectAction = objectActions.has(name);
  const isListing = name === asciiLowerCase(listAction);
  if (!isObjectAction && !isListing && name !== asciiLowerCase(bucketAction)) {
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
  const literal = literalStart(pattern);
  const around = areas.filter(({ prefix }) => literal.startsWith(prefix));
  if (around.length === 0) {
    return `allows ${action} on "${resource}", which is not below a prefix granted to it`;
  }
  // A suffix is `*` and a fixed ending: it covers exactly the patterns that have this ending in plain characters.
  const isGrantedIn = (area: Area) =>
    grantedSuffixes(area, action).some((suffix) => pattern.slice(area.prefix.length).endsWith(suffix.slice(1)));
  return around.some(isGrantedIn)
    ? undefined
    : `allows ${action} on "${resource}", which its access there does not include`;
}

/** What may follow the area's prefix for an action, as the table of profiles says. */
function grantedSuffixes({ access, shared }: Area, asked: string): readonly string[] {
  return objectStatements(access, shared)
    .filter(({ actions }) => actions.some((action) => asciiLowerCase(action) === asciiLowerCase(asked)))
    .flatMap(({ suffixes }) => suffixes);
}

/** Whether a concrete request is one that the areas grant, whatever the documents say. */
export function isGranted(request: AccessRequest, areas: readonly Area[], bucketResource: string): boolean {
  const { action, resource, context } = request;
  const name = asciiLowerCase(action);
  if (resource === bucketResource) {
    const listed = context["s3:prefix"];
    const isListed = typeof listed === "string" && areas.some(({ prefix }) => listed.startsWith(prefix));
    return name === asciiLowerCase(bucketAction) || (name === asciiLowerCase(listAction) && isListed);
  }
  return areas.some((area) => {
    const place = `${bucketResource}/${area.prefix}`;
    const below = resource.slice(place.length);
    return resource.startsWith(place) && grantedSuffixes(area, action).some((suffix) => patternMatcher(suffix)(below));
  });
}

/** Values must hold for the condition to hold; with IfExists or ForAllValues a listing without prefix would pass. */
const confiningOperators: ReadonlySet<string> = new Set(["StringEquals", "StringLike"]);

function overreachOfListing(conditions: Conditions, areas: readonly Area[]): string | undefined {
  const confining = conditionsIn(conditions).filter(
    ({ operator, key }) => asciiLowerCase(key) === "s3:prefix" && confiningOperators.has(operator),
  );
  const widest = confining.map(({ operator, values }) => values.find((v) => !isConfinedPrefix(v, operator, areas)));
  if (confining.length === 0) {
    return "lists the bucket without being limited to values of s3:prefix";
  }
  return widest.includes(undefined) // further conditions can only narrow
    ? undefined
    : `lists the bucket where s3:prefix is "${widest.at(-1)}", which is not a folder granted to it`;
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

/** Every condition with the values that its key may have. */
export function conditionsIn(conditions: Conditions = {}) {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: listOf(values) })),
  );
}

/** What says on whose behalf a service asks. Logs are told apart by what they are encrypted for. */
const sourceKeys: ReadonlySet<string> = new Set([
  "aws:sourceaccount",
  "aws:sourcearn",
  "kms:encryptioncontext:aws:logs:arn",
]);

/** Whom a statement names beside services, or what is wrong with whom it lets in, whatever it allows them. */
type Named = { readonly names: readonly string[] } | { readonly fault: string };

/**
 * Reads whom a statement of a resource's policy lets in. A service may be named where it has to act for something of the account;
 * what the others may do, and whether they may be named, is for the caller to say.
 */
export function namedBesideServices(statement: Statement, account: string): Named {
  const { Principal } = statement;
  if (typeof Principal !== "object") {
    return { fault: "lets in everybody" };
  }
  const services = listOf(Principal.Service);
  return services.length > 0 && !isForThisAccount(statement, account)
    ? { fault: `lets in ${services.join(" and ")} on behalf of any account` }
    : { names: Object.entries(Principal).flatMap(([kind, names]) => (kind === "Service" ? [] : listOf(names))) };
}

/** Whether a statement asks of a service that it acts for something of this account. */
function isForThisAccount({ Condition }: Statement, account: string): boolean {
  return conditionsIn(Condition).some(
    ({ operator, key, values }) =>
      /^(String|Arn)(Equals|Like)$/.test(operator) &&
      sourceKeys.has(asciiLowerCase(key)) &&
      values.length > 0 &&
      values.every((value) => value === account || value.split(":")[4] === account),
  );
}
