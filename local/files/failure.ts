/** Why a request of a client was not done, in the terms of SFTP. */
export type FailureKind = "denied" | "missing" | "failure" | "unsupported";

/** A request that ends in an error the client is told of. */
export class FileFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
    this.name = "FileFailure";
  }
}

export const denied = (): FileFailure => new FileFailure("denied", "Access denied");
export const missing = (): FileFailure => new FileFailure("missing", "No such file or directory");
export const failure = (message: string): FileFailure => new FileFailure("failure", message);
export const unsupported = (message: string): FileFailure => new FileFailure("unsupported", message);
