/** The source of Transfer Family's events on EventBridge. */
export const transferSource = "aws.transfer";

/** Their `detail-type` for an upload that did not end well. */
export const uploadFailedType = "SFTP Server File Upload Failed";

/** The failure that leaves the received part stored. */
export const partialUpload = "PARTIAL_UPLOAD";

/** The pattern of the EventBridge rule that hands one server's cut short uploads to the function. */
export function partialUploadPattern(serverId: string) {
  return {
    source: [transferSource],
    "detail-type": [uploadFailedType],
    detail: { "server-id": [serverId], "failure-code": [partialUpload] },
  };
}
