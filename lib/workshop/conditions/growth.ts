import type { CheckContext, Reading } from "./outcome.ts";

/**
 * How far counters have come since the step began, series by series: one that is new counts from
 * zero, so does one that is below where it stood, for it was started anew, and one that is gone takes
 * nothing away. What could not be read then counts from the first time that it can.
 */
export function growth(
  values: Reading,
  { readings, memory }: Pick<CheckContext, "readings" | "memory">,
  conditionId: string,
): { before: number; more: number } {
  const key = `${conditionId} at first`;
  if (!memory.has(key)) memory.set(key, readings[conditionId] ?? values);
  const start = memory.get(key) as Reading;
  let before = 0;
  let more = 0;
  for (const [series, value] of Object.entries(values)) {
    const stoodAt = start[series] ?? 0;
    const from = value < stoodAt ? 0 : stoodAt;
    before += from;
    more += value - from;
  }
  return { before, more };
}
