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

/** Hands something on; what comes instead when it is not taken is the other function's. Faults of ours pass through. */
export function unlessRefused(handOn: () => void, whenRefused: (refusal: UndeliveredError) => void): void {
  try {
    handOn();
  } catch (error) {
    if (!(error instanceof UndeliveredError)) {
      throw error;
    }
    whenRefused(error);
  }
}
