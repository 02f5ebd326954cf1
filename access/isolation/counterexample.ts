import {
  compilePolicies,
  decide,
  UnsupportedPolicyError,
  type AccessRequest,
  type PolicySet,
  type RequestPrincipal,
} from "../../iam/evaluate";
import { listOf, type Statement } from "../../iam/policy";
import { bucketAction, listAction } from "../actions";
import { literalStart } from "./confinement";

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
export function counterexampleOf(documents: PolicySet, search: Search): AccessRequest | undefined {
  return firstAllowed(documents, candidates(search), search.isRight);
}

/** The first of the requests that is not right and that the documents allow; none when they cannot be evaluated. */
export function firstAllowed(
  documents: PolicySet,
  requests: Iterable<AccessRequest>,
  isRight: (request: AccessRequest) => boolean,
): AccessRequest | undefined {
  try {
    const policies = compilePolicies(documents);
    for (const request of requests) {
      if (!isRight(request) && decide(policies, request).allowed) {
        return request;
      }
    }
  } catch (error) {
    // A document that cannot be evaluated is a finding of its own, reported by who reads it.
    if (!(error instanceof UnsupportedPolicyError)) {
      throw error;
    }
  }
  return undefined;
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

function* candidates({ principal, bucketResource, statement, ...search }: Search): Generator<AccessRequest> {
  const named = listOf(statement?.Action).filter((action) => !/[*?]/.test(action));
  const open = statement === undefined || named.length < listOf(statement.Action).length || named.length === 0;
  const actions = [...new Set(open ? [...named, ...telltaleActions] : named)];
  const context = { ...search.context, ...contextOf(statement) };
  const resources = [...new Set(resourcesOf(statement, bucketResource, search))];
  const listings = [...new Set(listingsOf(statement, search))];
  for (const resource of resources) {
    for (const action of actions) {
      yield { principal, action, resource, context };
    }
  }
  for (const action of actions) {
    for (const listed of listings) {
      yield { principal, action, resource: bucketResource, context: { ...context, "s3:prefix": listed } };
    }
    yield { principal, action, resource: bucketResource, context };
  }
}

type Places = Pick<Search, "prefixesNear" | "ownPrefixes" | "context">;

/** What `*` may stand for, so that a pattern becomes a place: a file, nothing, a neighbour by name. */
const fillings = ["file.txt", "", "-neighbour/file.txt", "neighbour/file.txt", "neighbour/"];

function* resourcesOf(statement: Statement | undefined, bucketResource: string, places: Places): Generator<string> {
  const patterns = listOf(statement?.Resource);
  const keysIn = function* (prefix: string): Generator<string> {
    yield `${bucketResource}/${prefix}file.txt`;
    yield `${bucketResource}/${prefix}folder/`;
    yield `${bucketResource}/${prefix}file.txt.filepart`;
  };
  const starts = patterns
    .filter((pattern) => pattern.startsWith(`${bucketResource}/`))
    .map((pattern) => literalStart(pattern.slice(bucketResource.length + 1)));
  for (const text of [...starts, ...places.ownPrefixes]) {
    for (const prefix of places.prefixesNear(text)) {
      yield* keysIn(prefix);
    }
  }
  for (const pattern of patterns) {
    for (const filling of fillings) {
      yield instanceOf(pattern, filling, places.context);
    }
  }
  for (const prefix of places.ownPrefixes) {
    yield* keysIn(prefix);
    yield* keysIn(`${prefix.slice(0, -1)}-neighbour/`);
  }
  yield* keysIn("");
  yield "arn:aws:s3:::another-bucket/file.txt";
}

/** Values of `s3:prefix` to list with. */
function* listingsOf(statement: Statement | undefined, places: Places): Generator<string> {
  const values = conditionEntries(statement)
    .filter(({ key }) => key.toLowerCase() === "s3:prefix")
    .map(({ value }) => value);
  for (const text of [...values.map(literalStart), ...places.ownPrefixes]) {
    yield* places.prefixesNear(text);
  }
  for (const value of values) {
    yield value;
    yield* fillings.map((filling) => instanceOf(value, filling, places.context));
    yield value.replace(/\/.*/, (rest) => rest.toUpperCase()); // for operators that ignore case
  }
  for (const prefix of places.ownPrefixes) {
    yield `${prefix.slice(0, -1)}-neighbour/`;
    yield prefix.slice(0, -1);
    yield prefix.slice(0, prefix.lastIndexOf("/", prefix.length - 2) + 1);
  }
  yield "";
}

/** A text that the pattern matches: variables take their values, the last `*` the filling, other wildcards an `x`. */
export function instanceOf(pattern: string, filling: string, context: AccessRequest["context"]): string {
  const known = pattern.replaceAll(/\$\{([^}]*)\}/g, (_all, name: string) => String(context[name] ?? "x"));
  const last = known.lastIndexOf("*");
  return known.replaceAll(/[*?]/g, (_wildcard, at: number) => (at === last ? filling : "x"));
}

/** A context in which the statement's conditions may hold; those on listings are tried one by one. */
function contextOf(statement: Statement | undefined): Record<string, string> {
  const context: Record<string, string> = {};
  for (const { operator, key, value } of conditionEntries(statement)) {
    if (!operator.includes("Not") && operator !== "Null" && key.toLowerCase() !== "s3:prefix") {
      const example = operator.includes("IpAddress") ? value.split("/", 1).join() : value;
      context[key] ??= instanceOf(example, "x", {});
    }
  }
  return context;
}

/** Every value of a statement's conditions with its operator and key. */
export function conditionEntries(statement: Statement | undefined) {
  return Object.entries(statement?.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) => listOf(values).map((value) => ({ operator, key, value }))),
  );
}
