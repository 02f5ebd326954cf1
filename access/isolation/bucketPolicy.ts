import { listOf, type Statement } from "../../iam/policy";
import type { Finding } from "./claim";
import { literalStart } from "./confinement";
import type { ProofContext } from "./context";
import { firstAllowed, principalsNamedBy } from "./counterexample";
import { findingsIn } from "./findings";

/**
 * A bucket policy can let in whom no role lets in, and a session past its session policy, so on the landing bucket it may
 * only deny.
 */
export function checkBucketPolicy({ claim, bucketResource }: ProofContext): Finding[] {
  if (claim.bucketPolicy === undefined) {
    return [];
  }
  return findingsIn(
    { document: claim.bucketPolicy, kind: "resource", called: "the bucket policy", subject: {} },
    () => "allows access that no tenant's grants speak of",
    (statement, alone) =>
      firstAllowed(
        () => ({ identity: [], resource: alone, resourceAccount: claim.scope.account }),
        requestsOf(statement, bucketResource),
      ),
  );
}

function requestsOf(statement: Statement, bucketResource: string) {
  const actions = listOf(statement.Action).map((action) => (/[*?]/.test(action) ? "s3:GetObject" : action));
  const resources = listOf(statement.Resource).map((pattern) => `${literalStart(pattern)}file.txt`);
  return [{ kind: "anonymous" } as const, ...principalsNamedBy(statement)].flatMap((principal) =>
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
