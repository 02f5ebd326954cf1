/** CloudWatch looks back 7 days at most. Source: CloudWatch API reference, PutMetricAlarm, EvaluationPeriods. */
export const maxSilenceHours = 7 * 24;

const hoursOf = { h: 1, d: 24 } as const;

/** The rule for `expectEvery` in words. */
export const silenceRule = "whole hours or days from 1h to 7d, for example 24h";

/** The hours that `24h` or `7d` stand for; undefined for anything but 1h to 7d. */
export function silenceHours(text: string): number | undefined {
  const [, number, unit] = /^([1-9]\d{0,2})([hd])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    return undefined;
  }
  const hours = Number(number) * hoursOf[unit as keyof typeof hoursOf];
  return hours <= maxSilenceHours ? hours : undefined;
}
