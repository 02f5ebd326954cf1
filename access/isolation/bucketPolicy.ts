import { listOf, policyDocument, type Statement } from "../../iam/policy";
import type { RequestPrincipal } from "../../iam/evaluate";
import type { Finding } from "./claim";
import { literalStart } from "./confinement";
import { firstAllowed } from "./counterexample";
import { found, readForProof, type ProofContext } from "./context";

/**
 * A bucket policy can let in whom no role lets in, and a session past its session policy, so on the landing bucket it may
 * only deny.
 */
export function checkBucketPolicy({ claim, bucketResource }: ProofContext): Finding[] {
  if (claim.bucketPolicy === undefined) {
    return [];
  }
  const reading = readForProof(claim.bucketPolicy, {}, "resource");
  if ("finding" in reading) {
    return [reading.finding];
  }
  return reading.document.Statement.flatMap((statement, index) => {
    if (statement.Effect === "Deny") {
      return [];
    }
    const counterexample = firstAllowed(
      { identity: [], resource: policyDocument(statement), resourceAccount: claim.scope.account },
      requestsOf(statement, bucketResource),
      () => false,
    );
    const message = "the bucket policy allows access that no tenant's grants speak of";
    return [{ statement: statement.Sid ?? String(index), message, ...found(counterexample) }];
  });
}

function requestsOf(statement: Statement, bucketResource: string) {
  const actions = listOf(statement.Action).map((action) => (/[*?]/.test(action) ? "s3:GetObject" : action));
  const resources = listOf(statement.Resource).map((pattern) => `${literalStart(pattern)}file.txt`);
  return principalsOf(statement).flatMap((principal) =>
    [...actions, "s3:GetObject"].flatMap((action) =>
      [...resources, `${bucketResource}/file.txt`, bucketResource].map((resource) => ({
        principal,
        action,
        resource,
        context: { "aws:SecureTransport": "true" },
      })),
    ),
  );
}

function principalsOf({ Principal }: Statement): RequestPrincipal[] {
  const named = typeof Principal === "object" ? Principal : {};
  const roles = listOf(named.AWS).map((arn) => {
    const [, account = "", name = "", sessionName = "session"] =
      /::(\d{12}):(?:assumed-)?role\/([^/]+)(?:\/(.+))?$/.exec(arn) ?? [];
    const isRole = arn.includes(":role/");
    const roleArn = isRole ? arn : arn.replace(/:sts:(.*):assumed-role\/.*$/, `:iam:$1:role/${name}`);
    return { kind: "role-session", account, roleArn, sessionName } as const;
  });
  return [
    { kind: "anonymous" },
    ...listOf(named.Service).map((service) => ({ kind: "service", service }) as const),
    ...roles,
  ];
}
