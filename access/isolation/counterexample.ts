import { asciiLowerCase } from "../../iam/asciiCase";
import { contextKey } from "../../iam/contextKeys";
import {
  absent,
  compilePolicies,
  decide,
  mayBeAllowed,
  type AccessRequest,
  type PolicySet,
  type RequestPrincipal,
} from "../../iam/evaluate";
import { listOf, type Statement } from "../../iam/policy";
import { bucketAction, listAction } from "../actions";
import { conditionsIn, literalStart } from "./confinement";
import { evaluating } from "./findings";

/** Where to look for a request that a faulty statement allows. */
export interface Search {
  readonly principal: RequestPrincipal;
  readonly bucketResource: string;
  /** The statement at fault; undefined when there is no document at all. */
  readonly statement: Statement | undefined;
  /** Prefixes of others that may be open, the likeliest first; then the own ones. */
  readonly prefixesNear: (text: string) => readonly string[];
  readonly ownPrefixes: readonly string[];
  /** Context that every request carries. */
  readonly context: AccessRequest["context"];
  /** Whether a request is rightly allowed, so that it proves nothing. */
  readonly isRight: (request: AccessRequest) => boolean;
}

/**
 * The first request that the documents allow although nothing grants it. Requests on real places of other tenants come
 * first, then what the statement's own patterns suggest, then more than granted in the own place.
 */
export function counterexampleOf(documents: () => PolicySet, search: Search): AccessRequest | undefined {
  return firstAllowed(documents, candidates(search), search.isRight);
}

/**
 * The first of the requests that is not right and that the documents allow, or may allow: a Deny that cannot be judged keeps
 * nobody out. None when a document cannot be evaluated: that
 * is a finding of its own.
 */
export function firstAllowed(
  documents: () => PolicySet,
  requests: readonly AccessRequest[],
  isRight: (request: AccessRequest) => boolean = () => false,
): AccessRequest | undefined {
  return evaluating(
    () => {
      const policies = compilePolicies(documents());
      return requests.find((request) => !isRight(request) && mayBeAllowed(decide(policies, request)));
    },
    () => undefined,
  );
}

/** Those whom a statement names, as they would ask: services, roles, sessions of roles, and somebody of an account. */
export function principalsNamedBy({ Principal }: Statement): RequestPrincipal[] {
  const named = typeof Principal === "object" ? Principal : {};
  const sessions = listOf(named.AWS).flatMap((arn): RequestPrincipal[] => {
    const account = /\d{12}/.exec(arn)?.[0];
    const [, sessionName = "session"] = /:assumed-role\/[^/]+\/(.+)$/.exec(arn) ?? [];
    const roleArn = arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*$/, ":iam:$1:role/$2");
    if (account === undefined) {
      return [];
    }
    return [roleArn.includes(":role/") ? { kind: "role-session", account, roleArn, sessionName } : strangerOf(account)];
  });
  return [...listOf(named.Service).map((service) => ({ kind: "service", service }) as const), ...sessions];
}

/** Somebody of an account. */
export function strangerOf(account: string): RequestPrincipal {
  return { kind: "role-session", account, roleArn: `arn:aws:iam::${account}:role/stranger`, sessionName: "session" };
}

/** Actions that an open pattern may let in, the ones that a client can cause first. */
const telltaleActions = [
  "s3:GetObject",
  listAction,
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:AbortMultipartUpload",
  "s3:GetObjectVersion",
  "s3:DeleteObjectVersion",
  "s3:PutObjectAcl",
  "s3:GetObjectTagging",
  "s3:ListBucketVersions",
  "s3:PutBucketPolicy",
  bucketAction,
];

function candidates(search: Search): AccessRequest[] {
  const { principal, bucketResource, statement } = search;
  const named = listOf(statement?.Action).filter((action) => !/[*?]/.test(action));
  const open = named.length < listOf(statement?.Action).length || named.length === 0;
  const actions = [...new Set(open ? [...named, ...telltaleActions] : named)];
  const context = { ...contextOf(statement), ...search.context, "s3:prefix": absent };
  const resources = [...new Set(resourcesOf(search))];
  const listings = [...new Set(listingsOf(search))].map((listed) => ({ ...context, "s3:prefix": listed }));
  return [
    ...resources.flatMap((resource) => actions.map((action) => ({ principal, action, resource, context }))),
    ...actions.flatMap((action) =>
      [...listings, context].map((listing) => ({ principal, action, resource: bucketResource, context: listing })),
    ),
  ];
}

/** What `*` may stand for, so that a pattern becomes a place: a file, nothing, a neighbour by name. */
const fillings = ["file.txt", "", "-neighbour/file.txt", "neighbour/file.txt", "neighbour/"];

/** A place beside a prefix, whose name begins like it. */
function neighbourOf(prefix: string): string {
  return `${prefix.slice(0, -1)}-neighbour/`;
}

function resourcesOf({ statement, bucketResource, prefixesNear, ownPrefixes, context }: Search): string[] {
  const patterns = listOf(statement?.Resource);
  const starts = patterns
    .filter((pattern) => pattern.startsWith(`${bucketResource}/`))
    .map((pattern) => literalStart(pattern.slice(bucketResource.length + 1)));
  const keysIn = (prefix: string) =>
    ["file.txt", "folder/", "file.txt.filepart"].map((name) => `${bucketResource}/${prefix}${name}`);
  return [
    ...[...starts, ...ownPrefixes].flatMap(prefixesNear).flatMap(keysIn),
    ...patterns.flatMap((pattern) => fillings.map((filling) => instanceOf(pattern, filling, context))),
    ...ownPrefixes.flatMap((prefix) => [prefix, neighbourOf(prefix)]).flatMap(keysIn),
    ...keysIn(""),
    "arn:aws:s3:::another-bucket/file.txt",
  ];
}

/** Values of `s3:prefix` to list with. */
function listingsOf({ statement, prefixesNear, ownPrefixes, context }: Search): string[] {
  const values = conditionValues("s3:prefix", statement);
  return [
    ...[...values.map(literalStart), ...ownPrefixes].flatMap(prefixesNear),
    ...values.flatMap((value) => [
      value,
      ...fillings.map((filling) => instanceOf(value, filling, context)),
      value.replace(/\/.*/, (rest) => rest.toUpperCase()), // for operators that ignore case
    ]),
    ...ownPrefixes.flatMap((prefix) => [neighbourOf(prefix), prefix.slice(0, -1), parentOf(prefix)]),
    "",
  ];
}

function parentOf(prefix: string): string {
  return prefix.slice(0, prefix.lastIndexOf("/", prefix.length - 2) + 1);
}

/** A text that the pattern matches: variables take their values, the last `*` the filling, other wildcards an `x`. */
export function instanceOf(pattern: string, filling: string, context: AccessRequest["context"]): string {
  const known = pattern.replaceAll(/\$\{([^}]*)\}/g, (_all, name: string) => String(context[name] ?? "x"));
  const last = known.lastIndexOf("*");
  return known.replaceAll(/[*?]/g, (_wildcard, at: number) => (at === last ? filling : "x"));
}

/** Values with which the statement's conditions may hold; those on listings are tried one by one. */
function contextOf(statement: Statement | undefined): Record<string, string> {
  const context: Record<string, string> = {};
  for (const { operator, key: name, values } of conditionsIn(statement?.Condition)) {
    const [value] = values;
    const key = contextKey(name)?.name ?? name;
    if (value !== undefined && !operator.includes("Not") && operator !== "Null") {
      const example = operator.includes("IpAddress") ? value.split("/", 1).join() : value;
      context[key] ??= instanceOf(example, "x", {});
    }
  }
  return context;
}

/** The values that a statement's conditions name for a key, which is given in lower case. */
export function conditionValues(keyName: string, statement: Statement | undefined): string[] {
  return conditionsIn(statement?.Condition).flatMap(({ key, values }) =>
    asciiLowerCase(key) === keyName ? values : [],
  );
}
