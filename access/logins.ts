/** Why the identity provider lets somebody not in: the field `cause` of its log lines, and the dimension of its metric. */
export const denialCauses = [
  /** No record has this login: another stack's, suspended, or nobody's. */
  "unknown",
  /** The tenant's item says so. */
  "stopped",
  /** The client's address lies in none of the tenant's ranges. */
  "address",
  /** No key of the tenant is left today. */
  "key-expired",
  /** The tenant has no password, or may not have one. */
  "no-password",
  "wrong-password",
  "password-expired",
  /** `authentication` does not admit this way of logging in. */
  "not-offered",
  /** The table has not answered in time, or refused. */
  "table",
  /** The record or the tenant's item is not as it was written, or the function failed. */
  "corrupt",
  /** What asked is not Transfer Family, or has changed how it asks. */
  "request",
] as const;

export type DenialCause = (typeof denialCauses)[number];

/** Names of the identity provider's metrics. They stand under the dimensions `service` and `service, cause`. */
export const loginMetrics = { denials: "DeniedLogins" } as const;

/** The dimension `service` of the metric, and the field `service` of every log line. */
export const loginService = "identity-provider";
