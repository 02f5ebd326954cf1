import type { Detail } from "../details";
import { plain, say, type Sentence } from "../sentence";

/** A setting's values as texts; undefined where it was not set, nor has a default. */
export type ChangedSetting = Record<"from" | "to", string | undefined>;

/** Whether a value goes from one setting to the other; numbers and booleans are texts in settings. */
export function goes(detail: Pick<Detail, "from" | "to">, from: string | undefined, to: string | undefined): boolean {
  const isText = (value: unknown, setting: string | undefined) =>
    setting === undefined ? value === undefined : String(value) === setting;
  return isText(detail.from, from) && isText(detail.to, to);
}

/** A value as a sentence shows it. */
export function text(value: string | undefined): Sentence {
  return value === undefined ? plain("nothing") : say`${value}`;
}
