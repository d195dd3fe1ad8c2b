const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Round steps of a time axis shorter than a day, in milliseconds, ascending. */
export const TIME_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
];

/** The smallest round step of a time axis that is at least this long, in milliseconds; above, whole days. */
export function timeStep(millis: number): number {
  return TIME_STEPS.find((step) => step >= millis) ?? Math.ceil(millis / DAY) * DAY;
}
