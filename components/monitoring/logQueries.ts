/** A ready query for CloudWatch Logs Insights. */
export interface LogQuery {
  readonly name: string;
  /** Which log it reads. */
  readonly log: "gateway" | "on-upload" | "identity-provider";
  /** One command a line. */
  readonly commands: readonly string[];
}

/**
 * The questions that come up: who cannot log in or even connect, who was here, what came, what went wrong, what reached nobody.
 * Those of the log identity-provider are only there where that function decides logins.
 */
export const logQueries: readonly LogQuery[] = [
  {
    name: "failed-logins",
    log: "gateway",
    commands: [
      "fields @timestamp",
      'filter `activity-type` = "AUTH_FAILURE"',
      "stats count(*) as failures, max(@timestamp) as last by user, `source-ip`",
      "sort failures desc",
    ],
  },
  {
    name: "denied-logins",
    log: "identity-provider",
    commands: [
      'filter message = "denied"',
      "stats count(*) as denials, max(@timestamp) as last by cause, tenant, sourceIp",
      "sort denials desc",
    ],
  },
  {
    name: "failed-key-exchanges",
    log: "gateway",
    commands: [
      "fields @timestamp",
      'filter `activity-type` = "KEX_FAILURE"',
      "stats count(*) as failures, max(@timestamp) as last by `source-ip`, message, kex",
      "sort failures desc",
    ],
  },
  {
    name: "sessions",
    log: "gateway",
    commands: [
      'filter `activity-type` = "CONNECTED"',
      "fields @timestamp, user, `source-ip`, client, kex, `ssh-public-key-fingerprint`, `session-id`",
      "sort @timestamp desc",
    ],
  },
  {
    name: "errors",
    log: "gateway",
    commands: [
      'filter `activity-type` in ["ERROR", "PARTIAL_CLOSE"]',
      "fields @timestamp, `activity-type`, user, operation, path, message, `session-id`",
      "sort @timestamp desc",
    ],
  },
  {
    name: "uploads",
    log: "on-upload",
    commands: [
      'filter message = "announced"',
      "stats count(*) as files, sum(size) as bytes, max(@timestamp) as last by owner",
      "sort bytes desc",
    ],
  },
  {
    name: "uploads-that-failed",
    log: "on-upload",
    commands: [
      'filter level in ["ERROR", "WARN"]',
      "fields @timestamp, level, message, owner, path, uploadId, reason, error.message",
      "sort @timestamp desc",
    ],
  },
];

/** The query as Insights takes it. */
export function queryText({ commands }: LogQuery): string {
  return commands.join("\n| ");
}
