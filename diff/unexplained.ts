import type { Owner } from "../uploads/owner";
import { explains, type Change } from "./change";
import type { Detail } from "./details";
import type { OwnersOf } from "./owners";
import { labelOfUrn } from "./resources";
import { plain, say, type Sentence } from "./sentence";

/** Longer values are cut around where they differ. */
const shownLength = 200;

/** The heading above them. */
export const unexplainedHeading = "changed, and no sentence explains it";

/**
 * The details of a difference that nobody has been told of.
 * @param changes Of each tenant and space, and by undefined of everybody.
 */
export function unexplained(
  details: readonly Detail[],
  ownersOf: OwnersOf,
  changes: ReadonlyMap<Owner | undefined, readonly Change[]>,
): Detail[] {
  const isExplainedTo = (owner: Owner | undefined, detail: Detail) =>
    (changes.get(owner) ?? []).some((change) => explains(change, detail));
  return details.filter((detail) => {
    const owners = ownersOf(detail);
    const told = owners.length > 0 && owners.every((owner) => isExplainedTo(owner, detail));
    return !told && !isExplainedTo(undefined, detail);
  });
}

/** A detail with the old and the new value; of a secret, that it is another one. */
export function detailSentence({ kind, resource, path, from, to }: Detail): Sentence {
  const where = resource === undefined ? plain("") : say`${labelOfUrn(resource.urn)}`;
  switch (kind) {
    case "created":
      return say`${where} is new: ${shown(to, undefined)}`;
    case "deleted":
      return say`${where} is deleted: ${shown(from, undefined)}`;
    case "replaced":
      return say`${where} is replaced: deleted and made anew`;
    case "setting":
      return say`the setting ${path[0] ?? ""} ${changed(from, to)}`;
    case "output":
      return say`the stack output ${path.join(".")} ${changed(from, to)}`;
    case "input":
    case "option":
      return say`${where}: ${path.join(".")} ${changed(from, to)}`;
  }
}

function changed(from: unknown, to: unknown): Sentence {
  if (isSecret(from) && isSecret(to)) {
    return plain("is another secret");
  }
  if (from === undefined) {
    return say`is new: ${shown(to, from)}`;
  }
  return to === undefined ? say`is gone: ${shown(from, to)}` : say`is ${shown(to, from)} instead of ${shown(from, to)}`;
}

function shown(value: unknown, other: unknown): Sentence {
  if (isSecret(value)) {
    return plain("a secret");
  }
  const [text, another] = [textOf(value), textOf(other)];
  if (text.length <= shownLength) {
    return say`${text === "" ? '""' : text}`;
  }
  const difference = [...text].findIndex((character, index) => character !== another[index]);
  const start =
    other === undefined ? 0 : Math.max(0, Math.min(difference, text.length - shownLength) - shownLength / 4);
  const part = text.slice(start, start + shownLength);
  return say`${start > 0 ? "..." : ""}${part}... ${plain(`(${text.length} characters)`)}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("ciphertext" in value || "secret" in value);
}
