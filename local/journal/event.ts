/** What the service calls the things that happen. Source: AWS Transfer Family User Guide, "Example CloudWatch log entries". */
export type ActivityType =
  | "CONNECTED"
  | "DISCONNECTED"
  | "AUTH_FAILURE"
  | "OPEN"
  | "CLOSE"
  | "PARTIAL_CLOSE"
  | "MKDIR"
  | "RMDIR"
  | "DELETE"
  | "RENAME"
  | "SETSTAT"
  | "ERROR";

/**
 * One line of the structured log, with the service's names of the fields; numbers are text there as well. Who notes it in a
 * session leaves the fields that name the session to the connection.
 */
export type LogEvent = { readonly "activity-type": ActivityType } & Readonly<Record<string, string>>;
