type Fields = Readonly<Record<string, string | undefined>>;

/**
 * What the service calls the things that happen, and how each reads.
 * Source of the names: AWS Transfer Family User Guide, "Example CloudWatch log entries".
 */
export const activities = {
  CONNECTED: (f) =>
    `logged in from ${f["source-ip"]} with ${f["client"]}${f["note"] === undefined ? "" : `; ${f["note"]}`}`,
  DISCONNECTED: () => "left",
  AUTH_FAILURE: (f) => `was not let in (${f["method"]}: ${f["reason"] ?? f["message"]})`,
  KEX_FAILURE: (f) => `from ${f["source-ip"]} has no algorithm in common: ${f["message"]}`,
  OPEN: (f) => `${f["mode"]?.includes("WRITE") ? "writes" : "reads"} ${f["path"]}`,
  CLOSE: transferred,
  PARTIAL_CLOSE: (f) => `broke off; ${transferred(f)}`,
  MKDIR: (f) => `made the folder ${f["path"]}`,
  RMDIR: (f) => `removed the folder ${f["path"]}`,
  DELETE: (f) => `deleted ${f["path"]}`,
  RENAME: (f) => `renamed ${f["path"]} to ${f["new-path"]}`,
  SETSTAT: (f) => `set times or modes of ${f["path"]}, which S3 does not keep`,
  ERROR: (f) => {
    const mode = f["mode"] === undefined ? "" : ` to ${f["mode"].includes("WRITE") ? "write" : "read"}`;
    const to = f["new-path"] === undefined ? "" : ` to ${f["new-path"]}`;
    return `${f["operation"]}${mode} ${f["path"]}${to}: ${f["message"]}${f["reason"] === undefined ? "" : `: ${f["reason"]}`}`;
  },
} satisfies Readonly<Record<string, (fields: Fields) => string>>;

/**
 * One line of the structured log, with the service's names of the fields; numbers are text there as well. Who notes it in a
 * session leaves the fields that name the session to the connection.
 */
export type LogEvent = Readonly<Record<string, string>> &
  (
    | { readonly "activity-type": Exclude<keyof typeof activities, "ERROR"> }
    | { readonly "activity-type": "ERROR"; readonly operation: string; readonly path: string; readonly message: string }
  );

function transferred(fields: Fields): string {
  const { path, unchanged, "bytes-in": received, "bytes-out": sent } = fields;
  if (unchanged === "true") {
    return `wrote nothing to ${path}, which is as it was`;
  }
  return received === undefined ? `downloaded ${sent} bytes from ${path}` : `uploaded ${received} bytes to ${path}`;
}
