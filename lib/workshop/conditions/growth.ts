import { type CheckContext, OWN_READING, type Reading } from "./outcome.ts";

const OWN_KEY = "own spans at first";

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

/**
 * How many test spans the guide itself has sent since the step began. To be read after a counter that
 * contains them, so that none is missed.
 */
export async function ownSpansSince(
  { own, readings, memory }: Pick<CheckContext, "own" | "readings" | "memory">,
): Promise<number> {
  const total = await own.countSpans();
  if (!memory.has(OWN_KEY)) memory.set(OWN_KEY, readings[OWN_READING]?.["spans"] ?? total);
  return total - (memory.get(OWN_KEY) as number);
}

/** The end of a sentence about growth, if test spans of the guide are part of it. */
export function besides(ownSpans: number): string {
  if (ownSpans === 0) return "";
  return `, besides the guide's ${ownSpans} test span${ownSpans === 1 ? "" : "s"}`;
}
