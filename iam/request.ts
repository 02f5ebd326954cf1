/** Who asks. A role session acts for the role it assumed; a service acts as itself, for example to assume a role. */
export type RequestPrincipal =
  | {
      readonly kind: "role-session";
      /** Account of the role, twelve digits. */
      readonly account: string;
      readonly roleArn: string;
      /** The role's unique id, `AROA...`; undefined when it is not known. */
      readonly roleId?: string | undefined;
      readonly sessionName: string;
    }
  | {
      readonly kind: "service";
      /** For example `transfer.amazonaws.com`. */
      readonly service: string;
    }
  | { readonly kind: "anonymous" }
  /**
   * Whoever it may be, or the session of whatever role, for questions about all: named only where everybody is, and nothing
   * of it is known.
   */
  | { readonly kind: "anybody" | "any-session" };

/** One request as AWS sees it before it decides. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** For example `s3:GetObject`; case does not matter. */
  readonly action: string;
  /** ARN, for example `arn:aws:s3:::bucket/key`; case matters. */
  readonly resource: string;
  /**
   * The condition keys that whoever asks can answer, and their values; the case of a key does not matter. A key that the
   * request is known not to carry is {@link absent}: an empty text is a value. A key that is left out is not answered, so no
   * condition on it is judged. What follows from the principal (`aws:PrincipalArn` ...) need not be given.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Stands for the values of a condition key that a request is known not to carry. */
export const absent: readonly string[] = [];
