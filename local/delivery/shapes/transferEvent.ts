import { randomUUID } from "node:crypto";

/** The `detail-type` of the one event of Transfer Family that is reproduced here. */
export const failedUploadType = "SFTP Server File Upload Failed";

/** An upload whose client vanished before the end. */
export interface CutShortUpload {
  /** `/bucket/key`. */
  readonly filePath: string;
  readonly bytes: number;
  readonly etag: string;
  readonly began: Date;
  readonly ended: Date;
  readonly account: string;
  readonly region: string;
  readonly server: { readonly id: string; readonly arn: string };
  readonly userName: string;
  readonly sessionId: string;
  readonly sourceIp: string;
}

/**
 * Transfer Family's event of it. Sources: AWS Transfer Family User Guide, "Transfer Family events detail reference"; Amazon
 * EventBridge User Guide, "Event structure reference".
 */
export function transferEvent(upload: CutShortUpload) {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": failedUploadType,
    source: "aws.transfer",
    account: upload.account,
    time: upload.ended.toISOString().replace(/\.\d+/, ""),
    region: upload.region,
    resources: [upload.server.arn],
    detail: {
      "failure-code": "PARTIAL_UPLOAD",
      "status-code": "FAILED",
      protocol: "SFTP",
      bytes: upload.bytes,
      "client-ip": upload.sourceIp,
      "failure-message": "File was partially uploaded.",
      "end-timestamp": nanoseconds(upload.ended),
      etag: upload.etag,
      "file-path": upload.filePath,
      "server-id": upload.server.id,
      username: upload.userName,
      "session-id": upload.sessionId,
      "start-timestamp": nanoseconds(upload.began),
    },
  };
}

function nanoseconds(time: Date): string {
  return time.toISOString().replace("Z", "000000Z");
}
