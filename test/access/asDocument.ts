import type { Document } from "../../access/isolation";
import type { PolicyDocument } from "../../iam/policy";

/** A claim's document as a value; that there is one is for the caller to know. */
export function asDocument(document: Document | undefined): PolicyDocument {
  if (document === undefined) {
    throw new Error("there is no document");
  }
  return typeof document === "string" ? (JSON.parse(document) as PolicyDocument) : document;
}
