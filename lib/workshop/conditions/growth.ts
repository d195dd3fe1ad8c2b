import type { CheckContext, Reading } from "./outcome.ts";

/**
 * How much counters have grown since the step began, series by series. A new series counts from zero,
 * and so does one that is lower than before, because it was restarted. A series that is gone doesn't
 * reduce the sum. If the counters couldn't be read at first, the first successful reading counts.
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
