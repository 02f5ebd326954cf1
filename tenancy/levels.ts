import { listed } from "./quote";
import {
  fileSchema,
  folderSchema,
  listenerSchema,
  memberSchema,
  spaceSchema,
  sshKeySchema,
  tenantKeys,
} from "./schema";

/** Every mapping of the file, as messages call it, and its keys. */
const levels: readonly (readonly [called: string, keys: readonly string[]])[] = (
  [
    ["the first column of the file", fileSchema],
    ["a tenant", tenantKeys],
    ['an entry of "sshKeys"', sshKeySchema],
    ['an entry of "folders"', folderSchema.in],
    [`an entry of a tenant's "spaces"`, memberSchema],
    ['an entry of the "spaces" in the first column', spaceSchema.in],
    ['an entry of "notify"', listenerSchema],
  ] as const
).map(([called, { shape }]) => [called, Object.keys(shape)]);

/**
 * Where a key belongs that stands somewhere else; undefined for what is no key of the file.
 * @param known The keys that may stand where it stands.
 */
export function elsewhere(key: string, known: readonly string[]): string | undefined {
  const others = levels.filter(([, keys]) => keys.includes(key) && keys.join() !== known.join());
  const called = others.map(([each]) => each);
  return called.length === 0 ? undefined : `it belongs in ${listed(called, "or")}`;
}
