import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import { readAs } from "./read";

/**
 * What a hash costs: 32 MiB of memory, and about a tenth of a second on one core. The same for every hash that there is, so
 * that an answer's time tells nothing. Passwords are drawn, so this only has to outlast a copy of the table.
 */
export const scryptCost = { N: 2 ** 15, r: 8, p: 1 } as const;

/** Twice what scrypt takes with these parameters: Node refuses at exactly as much as it takes. */
const scryptMemory = 2 * 128 * scryptCost.N * scryptCost.r;

const saltBytes = 16;
const hashBytes = 32;

/** Base64 of so many bytes, padded. */
function base64Of(bytes: number) {
  const length = 4 * Math.ceil(bytes / 3);
  return z.string().check(
    z.refine((text) => text.length === length && Buffer.from(text, "base64").toString("base64") === text, {
      error: `expected ${bytes} bytes in base64`,
    }),
  );
}

const text = z.string().check(z.minLength(1));

const hashOfPassword = z.strictObject({
  hash: base64Of(hashBytes),
  /** Who stored it, and when. */
  by: text,
  at: z.iso.datetime(),
  /** From this moment on it admits nobody; absent: it has no end. */
  until: z.optional(z.iso.datetime()),
});

/**
 * The item of one tenant in the table of the identity provider, as plain values. It can only take away: it names no role, no
 * policy, no folder and no address.
 */
export const credentialsItem = z
  .strictObject({
    /** The key: the tenant's name. */
    tenant: text,
    /** Stands here while the tenant is stopped. */
    stopped: z.optional(z.strictObject({ by: text, at: z.iso.datetime() })),
    /** Parameters and salt of all hashes of the item: one run of scrypt compares with each of them. */
    scrypt: z.optional(
      z.strictObject({
        N: z.literal(scryptCost.N),
        r: z.literal(scryptCost.r),
        p: z.literal(scryptCost.p),
        salt: base64Of(saltBytes),
      }),
    ),
    /** The newest first; a second one only while a password is being replaced. */
    hashes: z.optional(z.array(hashOfPassword).check(z.maxLength(2))),
  })
  .check(
    z.refine(({ scrypt, hashes = [] }) => scrypt !== undefined || hashes.length === 0, {
      error: "expected scrypt's parameters beside hashes",
      path: ["scrypt"],
    }),
  );

export type Credentials = z.infer<typeof credentialsItem>;

/**
 * Reads an item.
 * @throws Error that names the places at fault and shows no value.
 */
export function readCredentials(item: unknown): Credentials {
  return readAs(credentialsItem, item, "the credentials");
}

/** Lower-case letters and digits that nobody takes for one another: no i, l and 1, no o and 0. */
const passwordAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** Groups of four, of which 28 characters make 138 bits: more than the 128 that no one searches. */
const passwordGroups = 7;

/** Draws a password, as `k7mn-4qrs-...`. Nobody chooses one, so there is none to guess. */
export function drawPassword(): string {
  const group = () => Array.from({ length: 4 }, () => passwordAlphabet[randomInt(passwordAlphabet.length)]).join("");
  return Array.from({ length: passwordGroups }, group).join("-");
}

/** A fresh salt in base64. */
export function newSalt(): string {
  return randomBytes(saltBytes).toString("base64");
}

/** One run of scrypt, beside the event loop. @param salt In base64. */
export function hashPassword(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...scryptCost, maxmem: scryptMemory };
    scrypt(password, Buffer.from(salt, "base64"), hashBytes, options, (error, hash) => {
      if (error) {
        reject(error);
      } else {
        resolve(hash);
      }
    });
  });
}

/** What {@link withPassword} stores. Times are ISO 8601 in UTC, as `Date.toISOString` has them. */
export interface NewPassword {
  readonly tenant: string;
  readonly password: string;
  /** Who stores it, for whoever reads the table. */
  readonly by: string;
  readonly at: string;
  /** The password before this one admits until then. Default: it ends at once. */
  readonly overlapUntil?: string | undefined;
  /** When the new one ends. Default: never. */
  readonly until?: string | undefined;
}

/**
 * The item with a new password, which the caller writes; a stop stays.
 * @param item What the table holds now.
 * @throws Error when that is another tenant's.
 */
export async function withPassword(
  item: Credentials | undefined,
  { tenant, password, by, at, overlapUntil, until }: NewPassword,
): Promise<Credentials> {
  if (item !== undefined && item.tenant !== tenant) {
    throw new Error(`the credentials are those of "${item.tenant}", not of "${tenant}"`);
  }
  const kept = overlapUntil === undefined ? [] : endingAt(overlapUntil, at, item);
  const salt = kept.length > 0 && item?.scrypt ? item.scrypt.salt : newSalt();
  const hash = (await hashPassword(password, salt)).toString("base64");
  return {
    tenant,
    ...(item?.stopped && { stopped: item.stopped }),
    scrypt: { ...scryptCost, salt },
    hashes: [{ hash, by, at, ...(until !== undefined && { until }) }, ...kept],
  };
}

/** The item's newest hash, unless it has ended by itself. */
function endingAt(
  overlapUntil: string,
  now: string,
  item: Credentials | undefined,
): NonNullable<Credentials["hashes"]> {
  return (item?.hashes ?? [])
    .slice(0, 1)
    .map((old) => ({ ...old, until: earlier(overlapUntil, old.until ?? overlapUntil) }))
    .filter(({ until }) => new Date(until) > new Date(now));
}

function earlier(one: string, other: string): string {
  return new Date(one) < new Date(other) ? one : other;
}

/** What a password's hash is to an item's hashes. */
export type Match = "valid" | "expired" | "none";

/**
 * Compares with every hash of the item, without telling by its time which one it was.
 * @param hash Of the password that was given, under the item's salt.
 * @param now Ended hashes admit no more: `until` itself is outside.
 */
export function matchOf(hash: Buffer, { hashes = [] }: Pick<Credentials, "hashes">, now: Date): Match {
  const equal = hashes.filter((stored) => timingSafeEqual(Buffer.from(stored.hash, "base64"), hash));
  if (equal.length === 0) {
    return "none";
  }
  return equal.some(({ until }) => until === undefined || now < new Date(until)) ? "valid" : "expired";
}
