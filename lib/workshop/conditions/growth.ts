import type { CheckContext } from "./outcome.ts";

/**
 * How far a counter has come since the step began. One that is below where it stood was started
 * anew. One that could not be read then counts from the first time that it can.
 */
export function growth(
  value: number,
  { readings, memory }: Pick<CheckContext, "readings" | "memory">,
  conditionId: string,
): { before: number; more: number } {
  const key = `${conditionId} at first`;
  if (!memory.has(key)) memory.set(key, readings[conditionId] ?? value);
  const start = memory.get(key) as number;
  const before = value < start ? 0 : start;
  return { before, more: value - before };
}
