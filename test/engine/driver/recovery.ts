import { stableText } from "../aws/operations";
import type { Service } from "../aws/service";
import type { Run } from "./run";
import type { ImportedResource, PendingOperation, Stack } from "./stack";

/**
 * What a person does after the CLI was killed, as docs/ENGINE-TESTS.md says: release the lock, import what was being
 * created and exists at AWS, and run `up` again.
 */
export async function recover(stack: Stack, service: Service): Promise<Run> {
  await stack.cancel();
  const { pending } = await stack.state();
  if (pending.length > 0) {
    const settled = await stack.refresh("--clear-pending-creates");
    if (settled.code !== 0) {
      return settled;
    }
    const created = pending.flatMap((operation) => existingAtAws(operation, service));
    if (created.length > 0) {
      await stack.import(created);
    }
  }
  return stack.up();
}

/** The pending operation holds the inputs that were sent, so what they made can be recognised. */
function existingAtAws({ type: operation, resource }: PendingOperation, service: Service): ImportedResource[] {
  const { type, urn, parent = "" } = resource;
  const sent = stableText(resource.inputs ?? {});
  const existing = service.all(type).find(({ inputs }) => stableText(inputs) === sent);
  return operation === "creating" && existing !== undefined
    ? [{ type, name: urn.split("::").slice(3).join("::"), id: existing.id, parent }]
    : [];
}
