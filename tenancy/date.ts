const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The day of an instant in UTC, as `YYYY-MM-DD`. */
export function isoToday(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** Whether the text is a day of the calendar in the form `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    return false;
  }
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return isoToday(date) === text;
}

/** The day that many days after another one; both are `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const later = new Date(`${date}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return isoToday(later);
}
