/** Something was not taken; the message says why, to whoever set up the deployment. */
export class UndeliveredError extends Error {
  /** @param code As EventBridge calls the reason. */
  constructor(
    reason: string,
    readonly code: "NO_PERMISSIONS" | "THROTTLING" | "SDK_CLIENT_ERROR" = "NO_PERMISSIONS",
  ) {
    super(reason);
    this.name = "UndeliveredError";
  }
}
