import { addDays, isIsoDate } from "../tenancy/date";
import { quoted } from "../tenancy/quote";

/** A flag for the end of something. @param description What ends. */
export function endFlag(description: string) {
  return {
    value: "DATE|TIME",
    description,
    fault: (text: string) => {
      const end = endOf(text);
      if (end === undefined) {
        return `${quoted(text)} is neither a day of the calendar as YYYY-MM-DD nor a time in UTC as YYYY-MM-DDTHH:MMZ`;
      }
      return end > new Date().toISOString() ? undefined : `${quoted(text)} has passed`;
    },
  } as const;
}

/** Of the last year that ISO 8601 has four digits for; no day comes after it. */
const lastDay = "9999-12-31";

/** The moment at which it is over, in ISO 8601: the day after a day, or the time itself. Undefined for any other text. */
export function endOf(text: string): string | undefined {
  if (isIsoDate(text)) {
    return text === lastDay ? `${lastDay}T23:59:59.999Z` : `${addDays(text, 1)}T00:00:00.000Z`;
  }
  const [, day = "", time = ""] = /^(.{10})T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)Z$/.exec(text) ?? [];
  return isIsoDate(day) ? new Date(`${day}T${time}Z`).toISOString() : undefined;
}
