/** Who asks. A role session acts for the role it assumed; a service acts as itself, for example to assume a role. */
export type RequestPrincipal =
  | {
      readonly kind: "role-session";
      /** Account of the role, twelve digits. */
      readonly account: string;
      readonly roleArn: string;
      readonly sessionName: string;
    }
  | {
      readonly kind: "service";
      /** For example `transfer.amazonaws.com`. */
      readonly service: string;
    }
  | { readonly kind: "anonymous" };

/** One request as AWS sees it before it decides. */
export interface AccessRequest {
  readonly principal: RequestPrincipal;
  /** For example `s3:GetObject`; case does not matter. */
  readonly action: string;
  /** ARN, for example `arn:aws:s3:::bucket/key`; case matters. */
  readonly resource: string;
  /**
   * Condition keys and their values; the case of a key does not matter. A key that the request does not carry is left
   * out: an empty text is a value. What follows from the principal (`aws:PrincipalArn` ...) need not be given.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}
