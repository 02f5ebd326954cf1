import type { Listener } from "../tenancy/listener";
import type { Tenancy } from "../tenancy/model";
import type { Problem } from "../tenancy/problem";
import { quotedPath } from "../tenancy/quote";

/**
 * A warning for each queue that there is, of a stack that encrypts by KMS: whoever set it up decided which key it lies under, and SNS
 * loses messages for it, without a word, unless that key's policy lets it in.
 * @param file Path of tenants.yaml as the user gave it; a space has no place of its own there.
 */
export function queuesUnderUnknownKeys(
  { tenants, spaces }: Tenancy,
  { file, stack }: { readonly file: string; readonly stack: string },
): Problem[] {
  const queuesOf = ({ notify }: { readonly notify: readonly Listener[] }) =>
    notify.flatMap((listener) =>
      listener.kind === "queue" && listener.environments.includes(stack) ? [listener.endpoint] : [],
    );
  const warning = (queue: string): Pick<Problem, "severity" | "file" | "message"> => ({
    severity: "warning",
    file,
    message:
      `in stack "${stack}", whose "encryption" is kms: the key of the queue ${quotedPath(queue)} is not known here; if it has one, ` +
      "the key's policy has to let sns.amazonaws.com use it",
  });
  return [
    ...tenants
      .filter(({ environments }) => environments.includes(stack))
      .flatMap((tenant) =>
        queuesOf(tenant).map((queue) => ({ ...warning(queue), ...tenant.position, tenant: tenant.name })),
      ),
    ...spaces.flatMap((space) => queuesOf(space).map((queue) => ({ ...warning(queue), line: 1, column: 1 }))),
  ];
}
