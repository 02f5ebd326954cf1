import { createHmac } from "node:crypto";
import { UserError } from "../userError";
import { markKey, marks } from "../wireMarks";

/** Lists without an order. */
const sets = new Set(["dependencies", "propertyDependencies"]);

/**
 * A value of a preview or saved plan in a form in which equal things have equal JSON: keys and dependencies sorted, files
 * and archives by their hash alone, since they lie elsewhere on another machine, and a secret by a hash that takes the key
 * to make.
 * @param key Undefined where the stack has none.
 * @throws UserError for a secret where there is no key.
 */
export function content(value: unknown, key: string | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => content(one, key));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const record = value as Readonly<Record<string, unknown>>;
  if (record[markKey] === marks.secret) {
    return { secret: sealed(record["plaintext"], key) };
  }
  if (markKey in record && typeof record["hash"] === "string") {
    return { file: record["hash"] };
  }
  const names = Object.keys(record).sort();
  return Object.fromEntries(
    names.map((name) => [name, content(sets.has(name) ? unordered(record[name]) : record[name], key)]),
  );
}

/** Dependencies are a list, those of properties one for each. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [...(value as string[])].sort();
  }
  const lists = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(lists.map(([name, list]) => [name, unordered(list)]));
}

function sealed(plaintext: unknown, key: string | undefined): string {
  if (typeof plaintext !== "string") {
    throw new UserError("a secret is not shown in plain text here; make the plan with deploy/plan");
  }
  if (!key) {
    throw new UserError(
      "the stack has secrets, and no key to compare them by without showing them: set one with\n" +
        "  head -c 32 /dev/urandom | base64 | npx pulumi config set --secret deploy:planKey -s STACK\n" +
        "and commit the stack file",
    );
  }
  return createHmac("sha256", key).update(plaintext).digest("hex");
}
