import { compilePolicies, parsePolicy, unlessUnsupported } from "../iam/evaluate";
import type { PolicyDocument, Statement } from "../iam/policy";
import type { UserType } from "./resourceTypes";
import type { Place, SeenResource } from "./seenResource";

/** A policy document of unknown origin: undefined where there is none, unreadable what is none or holds the unknown. */
export type DocumentReading = PolicyDocument | "unreadable" | undefined;

function readDocument(value: unknown, options?: { readonly anyVersion: boolean }): DocumentReading {
  return value === undefined || value === ""
    ? undefined
    : (unlessUnsupported(() => parsePolicy(value, "policy document", options)) ?? "unreadable");
}

/**
 * A user's session policy, of which every element is one whose meaning is known; in a Deny there may be others.
 * @throws NotKnownYet
 */
export function readSessionPolicy(user: SeenResource<UserType>): DocumentReading {
  const reading = readDocument(user.at("policy").known());
  return typeof reading === "object" && !isSupported(asFarAsUnderstood(reading)) ? "unreadable" : reading;
}

/**
 * A session policy without each Deny that holds something whose meaning is not known, as a range of IPv6 or the tag of an
 * object: it only takes away, so what is left is the most that the user may do.
 */
export function asFarAsUnderstood(session: PolicyDocument): PolicyDocument {
  const isUnderstood = (statement: Statement) =>
    statement.Effect !== "Deny" || isSupported({ ...session, Statement: [statement] });
  return { ...session, Statement: session.Statement.filter(isUnderstood) };
}

function isSupported(session: PolicyDocument): boolean {
  return unlessUnsupported(() => compilePolicies({ identity: [], session })) !== undefined;
}

/**
 * Reads a document for what its statements say without policy variables, which is all that its version changes: documents
 * of the version of 2008, or without one, are read as well.
 * @throws NotKnownYet
 */
export function readStatements(place: Place): DocumentReading {
  return readDocument(place.known(), { anyVersion: true });
}

/** The statements of a document and how messages call them: by their Sid, or their position counted from 0. */
export function namedStatements(reading: DocumentReading): { readonly name: string; readonly statement: Statement }[] {
  const statements = typeof reading === "object" ? reading.Statement : [];
  return statements.map((statement, index) => ({
    name: `statement ${statement.Sid === undefined ? index : `"${statement.Sid}"`}`,
    statement,
  }));
}
