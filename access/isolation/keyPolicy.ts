import type { Statement } from "../../iam/policy";
import type { Claim, Document, Finding } from "./claim";
import { namedBesideServices } from "./confinement";
import { firstAllowed, principalsNamedBy } from "./counterexample";
import { findingsIn } from "./findings";
import { isThroughOtherServicesThanS3 } from "./keys";

/**
 * The policy of a key can let in whom no IAM policy lets in. Of the landing bucket's key it may let in the account as a whole,
 * whose IAM policies decide then; services for sources of this account; and others through services that hold no files.
 */
export function checkKeyPolicy(document: Document, { scope }: Pick<Claim, "scope">): Finding[] {
  const root = `arn:${scope.partition}:iam::${scope.account}:root`;
  const theKey = `arn:${scope.partition}:kms:${scope.region}:${scope.account}:key/any`;
  return findingsIn(
    { document, kind: "resource", called: "the key's policy", subject: { role: "the key of the landing bucket" } },
    (statement) => faultOf(statement, root, scope.account),
    (statement, alone) =>
      firstAllowed(
        () => ({ identity: [], resource: alone, resourceAccount: scope.account }),
        [{ kind: "anonymous" } as const, ...principalsNamedBy(statement)].map((principal) => ({
          principal,
          action: "kms:Decrypt",
          resource: theKey,
          context: {},
        })),
      ),
  );
}

function faultOf(statement: Statement, root: string, account: string): string | undefined {
  const named = namedBesideServices(statement, account);
  if ("fault" in named) {
    return named.fault;
  }
  const stranger = named.names.find((name) => name !== root && name !== account);
  return stranger !== undefined && !isThroughOtherServicesThanS3(statement)
    ? `lets in ${stranger}, also to files`
    : undefined;
}
