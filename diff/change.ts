import type { Detail } from "./details";
import type { Sentence } from "./sentence";
import { folderSentences } from "./sentences/folders";
import { keySentences, notices } from "./sentences/keys";
import { settingSentences } from "./sentences/settings";
import { spaceSentences } from "./sentences/space";
import { stackSentences } from "./sentences/stack";
import { tenantSentences } from "./sentences/tenant";
import { uploadSentences } from "./sentences/uploads";
import { workflowSentences } from "./sentences/workflows";
import type { Mark, OneOf, Telling } from "./telling";

const changes = {
  ...stackSentences,
  ...settingSentences,
  ...workflowSentences,
  ...tenantSentences,
  ...folderSentences,
  ...keySentences,
  ...uploadSentences,
  ...spaceSentences,
};

/** Something that changes for one tenant or space in one stack, or for everybody in it. */
export type Change = OneOf<typeof changes>;

export type Notice = OneOf<typeof notices>;

/** What may be bad about a change. */
export function marksOf(change: Change): readonly Mark[] {
  const { marks = [] } = tellingOf(change);
  return typeof marks === "function" ? marks(change) : marks;
}

/** Whether a change is why a detail of the difference is there. The detail concerns those whom the change is about. */
export function explains(change: Change, detail: Detail): boolean {
  const isItsSetting = detail.kind === "setting" && detail.path[0] === change.kind;
  return isItsSetting || tellingOf(change).explains?.(detail, change) === true;
}

/** A change or a notice in one line, with its marks, or one that it changes nothing. */
export function lineOf(
  told: Change | Notice,
  show: (value: string) => string,
  showMark: (mark: string) => string,
): string {
  const marks = isNotice(told) ? [] : marksOf(told);
  const mark = isNotice(told) ? "note: " : marks.length === 0 ? "" : `${showMark(`${marks.join(", ")}:`)} `;
  return `${mark}${tellingOf(told).say(told)(show)}`;
}

/** Whether there is a sentence about a setting. */
export function isSettingKind(name: string): name is keyof typeof settingSentences | keyof typeof workflowSentences {
  return Object.hasOwn(settingSentences, name) || Object.hasOwn(workflowSentences, name);
}

/** That something moves, unless it stays where it was. */
export function moved(
  kind: "user-recreated" | "landing-folder-moved" | "endpoint-moved" | "bucket-moved",
  from: string,
  to: string,
): Change[] {
  return from === to ? [] : [{ kind, from, to }];
}

/** What only the first list has. */
export function without<T>(list: readonly T[], others: readonly T[]): T[] {
  return list.filter((one) => !others.includes(one));
}

function isNotice(told: Change | Notice): told is Notice {
  return Object.hasOwn(notices, told.kind);
}

function tellingOf<T extends Change | Notice>({ kind }: T): Telling<T> {
  const all: Readonly<Record<string, { readonly say: (facts: never) => Sentence }>> = { ...changes, ...notices };
  return all[kind] as unknown as Telling<T>;
}
