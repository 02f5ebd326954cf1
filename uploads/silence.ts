import { maxSilenceHours } from "../tenancy/silence";

/**
 * The hours that the alarm of a silent tenant looks back: one more than expected, so that a daily file may come later than
 * the day before. At CloudWatch's limit there is none to add.
 */
export function hoursLookedBack(expectEveryHours: number): number {
  return Math.min(expectEveryHours + 1, maxSilenceHours);
}

/** What the alarm says of itself; the only place in it that tells the hours as tenants.yaml has them. */
export function silenceDescription(tenant: string, expectEveryHours: number): string {
  return `No file of tenant ${tenant} has arrived for ${expectEveryHours} hours`;
}

/** The hours in a description of that kind; undefined in any other text. */
export function expectedHoursIn(description: string): number | undefined {
  const [, hours] = / has arrived for (\d+) hours/.exec(description) ?? [];
  return hours === undefined ? undefined : Number(hours);
}
