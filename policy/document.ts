import { parsePolicy, UnsupportedPolicyError } from "../iam/evaluate";
import type { PolicyDocument, Statement } from "../iam/policy";
import { holdsUnknown } from "./seenResource";

/** What became of reading a policy document of unknown origin. */
export type DocumentReading =
  | { readonly kind: "document"; readonly document: PolicyDocument }
  /** There is none. */
  | { readonly kind: "none" }
  | { readonly kind: "not-known-yet" }
  /** It is no policy document, or holds what this pack does not know. */
  | { readonly kind: "unreadable" };

/** Reads a document exactly as stored, for conclusions about what it allows. */
export function readDocument(value: unknown): DocumentReading {
  if (value === undefined || value === "") {
    return { kind: "none" };
  }
  if (holdsUnknown(value)) {
    return { kind: "not-known-yet" };
  }
  try {
    return { kind: "document", document: parsePolicy(value, "policy document") };
  } catch (error) {
    return unreadable(error);
  }
}

/**
 * Reads a document for what its statements say without policy variables, which is all that its version changes: documents
 * of the version of 2008, or without one, are read as well.
 */
export function readStatements(value: unknown): DocumentReading {
  if (typeof value !== "string" && typeof value !== "object") {
    return readDocument(value);
  }
  try {
    const parsed: unknown = typeof value === "string" && value !== "" ? JSON.parse(value) : value;
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return readDocument(isObject ? { ...parsed, Version: "2012-10-17" } : parsed);
  } catch (error) {
    return unreadable(error);
  }
}

/** How a message calls a statement: by its Sid, or its position counted from 0. */
export function statementName({ Sid }: Statement, index: number): string {
  return Sid === undefined ? `statement ${index}` : `statement "${Sid}"`;
}

function unreadable(error: unknown): DocumentReading {
  if (error instanceof UnsupportedPolicyError || error instanceof SyntaxError) {
    return { kind: "unreadable" };
  }
  throw error;
}
