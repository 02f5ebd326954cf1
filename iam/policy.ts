/**
 * An IAM policy document as a value. Only the elements this project writes or evaluates are named; a document of unknown
 * origin is checked by `parsePolicy` before anything is concluded from it.
 * Source: IAM User Guide, "IAM JSON policy elements reference".
 */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** One statement. `NotAction`, `NotResource` and `NotPrincipal` are evaluated when found, never written by this project. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Principal;
  readonly NotPrincipal?: Principal;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Conditions;
}

/** Who a resource policy or a role's trust speaks of: everybody, or lists of account, role, user or service names. */
export type Principal = "*" | Readonly<Partial<Record<"AWS" | "Service" | "Federated" | "CanonicalUser", OneOrMany>>>;

/** Operator -> condition key -> value or values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;

export type OneOrMany = string | readonly string[];

/** The values of an element that may hold one, many, or be missing. */
export function listOf(values: OneOrMany | undefined): readonly string[] {
  return values === undefined ? [] : typeof values === "string" ? [values] : values;
}

/** A document made of these statements. */
export function policyDocument(...statements: Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** The document as AWS stores it: JSON without white space, the text that length limits count. */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(document);
}
