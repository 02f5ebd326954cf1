import type { Owner } from "../uploads/owner";
import { explains, type Change } from "./change";
import type { Detail } from "./details";
import type { OwnersOf } from "./owners";
import { labelOfUrn } from "./resources";
import { plain, say, type Sentence } from "./sentence";

/** Longer values are cut around where they differ. */
const shownLength = 200;

/** Of details of one kind. */
const shownAlike = 5;

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

/**
 * A line for each detail, and one for all that are of a kind: the same input of resources of one type, say. Many harmless
 * ones can so not hide another.
 */
export function unexplainedSentences(details: readonly Detail[]): Sentence[] {
  const kinds = new Map<string, Detail[]>();
  for (const detail of details) {
    const { kind, resource, path } = detail;
    const key = JSON.stringify([kind, resource?.type ?? path, path[0]]);
    kinds.set(key, [...(kinds.get(key) ?? []), detail]);
  }
  return [...kinds.values()].flatMap((alike) => [
    ...alike.slice(0, shownAlike).map(detailSentence),
    ...(alike.length > shownAlike ? [moreAlike(alike.slice(shownAlike))] : []),
  ]);
}

function moreAlike(details: readonly Detail[]): Sentence {
  const names = [...new Set(details.map(({ resource, path }) => resource?.name ?? path.join(".")))];
  const [shown, rest] = [names.slice(0, 20), names.length - 20];
  return say`${plain(`and ${details.length} more of this kind, at`)} ${shown.join(", ")}${plain(rest > 0 ? ` and ${rest} others` : "")}`;
}

/** A detail with the old and the new value; of a secret, that it is another one. */
function detailSentence({ kind, resource, path, from, to }: Detail): Sentence {
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
