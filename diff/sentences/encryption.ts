import type { Detail } from "../details";
import { isInput, isWhole } from "../explained";
import { plain, say, type Sentence } from "../sentence";
import { tell } from "../telling";

/** The values of one of the settings; undefined where it was not set, nor has a default. */
type Values = Record<"from" | "to", string | undefined>;

/** Which inputs say what a resource lies under. */
const underKey: readonly (readonly [type: string, ...inputs: string[]])[] = [
  ["aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"],
  ["aws:dynamodb/table:Table", "serverSideEncryption"],
  ["aws:lambda/function:Function", "kmsKeyArn"],
  ["aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "rules"],
  ["aws:sns/topic:Topic", "kmsMasterKeyId"],
  ["aws:sqs/queue:Queue", "kmsMasterKeyId", "sqsManagedSseEnabled"],
];

const keyAndAlias = ["aws:kms/key:Key", "aws:kms/alias:Alias", "sftp-gateway:components:EncryptionKey"];

/** Whether a statement on keys comes or goes, of a role or a session; where a client feels it, that is told of its tenant. */
function isUseOfKey(detail: Detail): boolean {
  const isDocument = ["aws:iam/rolePolicy:RolePolicy", "aws:transfer/user:User"].some((type) =>
    isInput(detail, type, "policy", "Statement"),
  );
  const [, , statement = ""] = detail.path;
  return isDocument && (statement === "Key" || /^\{"Effect":"Allow","Action":\["kms:/.test(statement));
}

/** Whether a detail is a consequence of what data lies under. */
function explainsEncryption(detail: Detail): boolean {
  return (
    underKey.some(([type, ...inputs]) => inputs.some((input) => isInput(detail, type, input))) ||
    isWhole(detail, ...keyAndAlias) ||
    isUseOfKey(detail) ||
    (detail.kind === "output" && detail.path[0] === "encryptionKeyArn")
  );
}

/** What the settings of encryption do when they change. */
export const encryptionSentences = {
  "sftp-gateway:encryption": tell({
    marks: ({ to }: Values) => (to === "kms" ? [] : ["dangerous"]),
    say: ({ to }: Values) =>
      to === "kms"
        ? say`what is written from now on is encrypted under a KMS key: files, messages, tables and logs. Files that are there keep what they were written under; a session that is open cannot transfer files until its client logs in again`
        : say`what is written from now on is no longer encrypted under a KMS key. Files under it are read as long as there is the key and kmsKeyArn names it`,
    explains: explainsEncryption,
  }),
  "sftp-gateway:kmsKeyArn": tell({
    // Of a key that is added nothing is lost, unless it takes the place of one of the gateway's own, whose deletion is told beside.
    marks: ({ from }: Values) => (from === "" ? [] : ["dangerous"]),
    say: ({ from, to }: Values) =>
      from === ""
        ? say`the KMS key that is named is ${shownKey(to)}, which the gateway does not make`
        : say`the KMS key that is named is ${shownKey(to)} instead of ${shownKey(from)}: files that were written under the old one cannot be read any more`,
    explains: explainsEncryption,
  }),
};

function shownKey(key: string | undefined): Sentence {
  return key === undefined || key === "" ? plain("none") : say`${key}`;
}
