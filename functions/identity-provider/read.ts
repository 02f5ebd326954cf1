import type * as z from "zod/mini";

/**
 * The value as the schema gives it.
 * @param what What the value is, for the message.
 * @throws Error that names the places at fault and shows no value: it may be a secret.
 */
export function readAs<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (!read.success) {
    const places = read.error.issues.map(({ path }) => path.join(".") || "its beginning");
    throw new Error(`${what} cannot be read at ${[...new Set(places)].join(", ")}`);
  }
  return read.data;
}

/** The value that a text of JSON stands for; undefined for any other text. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
