import { compilePolicies, parsePolicy, UnsupportedPolicyError, type AccessRequest } from "../../iam/evaluate";
import type { PolicyDocument, Statement } from "../../iam/policy";
import type { Document, Finding } from "./claim";

/** A document under proof. */
export interface Examined {
  readonly document: Document;
  /** What it is to the evaluator. */
  readonly kind: "identity" | "session" | "resource";
  /** What a finding's sentence begins with: `the session policy`. */
  readonly called: string;
  /** Whose it is. */
  readonly subject: Pick<Finding, "tenant" | "role">;
}

/**
 * What stands against the Allow statements of a document. Deny statements only narrow. What the evaluator does not know is
 * a finding too, since nothing follows from it.
 * @param faultOf What a statement does that it must not, or undefined.
 * @param counterexampleOf A request that a faulty statement wrongly lets in. It gets the document with no other Allow too, so
 * that the counterexample is this statement's doing.
 */
export function findingsIn(
  { document, kind, called, subject }: Examined,
  faultOf: (statement: Statement) => string | undefined,
  counterexampleOf?: (statement: Statement, alone: PolicyDocument) => AccessRequest | undefined,
): Finding[] {
  return evaluating<Finding[]>(
    () => {
      const read = readPolicy(document, kind);
      return read.Statement.flatMap((statement, index) => {
        const fault = statement.Effect === "Allow" ? faultOf(statement) : undefined;
        if (fault === undefined) {
          return [];
        }
        const alone = { ...read, Statement: read.Statement.filter((s) => s === statement || s.Effect === "Deny") };
        return {
          ...subject,
          statement: statement.Sid ?? String(index),
          message: `${called} ${fault}`,
          counterexample: counterexampleOf?.(statement, alone),
        };
      });
    },
    ({ where, what }) => [{ ...subject, statement: where, message: `cannot be evaluated: ${what}` }],
  );
}

/** Reads a document and has the evaluator check it. @throws UnsupportedPolicyError for what the evaluator does not know. */
export function readPolicy(value: Document, kind: Examined["kind"]): PolicyDocument {
  const document = typeof value === "string" ? parsePolicy(value, `${kind} policy`) : value;
  compilePolicies(kind === "identity" ? { identity: [document] } : { identity: [], [kind]: document });
  return document;
}

/** The work's result, or another one where it meets a document that cannot be evaluated. */
export function evaluating<T>(work: () => T, otherwise: (error: UnsupportedPolicyError) => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UnsupportedPolicyError) {
      return otherwise(error);
    }
    throw error;
  }
}
