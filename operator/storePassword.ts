import { isDeepStrictEqual } from "node:util";
import {
  readCredentials,
  withPassword,
  type Credentials,
  type NewPassword,
} from "../functions/identity-provider/credentials";
import { UserError } from "../userError";
import { attributesOf, plainItem } from "./attributes";
import type { CredentialsTable } from "./credentialsTable";
import { replacePasswordsAsRead, type ItemKey, type StoredItem } from "./update";

/** How often somebody else may be faster, which takes a person another run of the command each time. */
const attempts = 5;

/**
 * Stores the hash of a password. What others change meanwhile is not lost: it is read again, and the password put beside it.
 * @throws UserError when nothing is stored, or it is not known whether it is.
 */
export async function storePassword(
  table: CredentialsTable,
  key: ItemKey,
  password: Omit<NewPassword, "tenant">,
): Promise<void> {
  let wanted: Credentials | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const item = await table.read(key);
    if (wanted !== undefined && holds(item, wanted)) {
      // An earlier write has arrived, whose answer has not.
      return;
    }
    wanted = await withPassword(credentialsIn(item, key), { ...password, tenant: key.tenant });
    if (password.overlapUntil !== undefined && wanted.hashes?.length === 1) {
      throw new UserError(`tenant "${key.tenant}" has no password that could overlap: leave --overlap-until out`);
    }
    const { isWritten } = await table.write(replacePasswordsAsRead(key, wanted, item));
    if (isWritten) {
      return;
    }
  }
  throw new UserError(
    `others change the passwords of tenant "${key.tenant}" all the time: nothing is stored, try again`,
  );
}

function holds(item: StoredItem | undefined, { scrypt, hashes }: Credentials): boolean {
  const { scrypt: storedScrypt, hashes: storedHashes } = item ?? {};
  return isDeepStrictEqual({ scrypt: storedScrypt, hashes: storedHashes }, attributesOf({ scrypt, hashes }));
}

function credentialsIn(item: StoredItem | undefined, { table, tenant }: ItemKey): Credentials | undefined {
  try {
    return item && readCredentials(plainItem(item));
  } catch (error) {
    throw new UserError(
      `the item of tenant "${tenant}" in the table ${table} is damaged, and admits nobody: ${(error as Error).message}; ` +
        "--delete removes its passwords",
    );
  }
}
