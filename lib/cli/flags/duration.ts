import { MILLISECONDS } from "../../telemetry/value_types.ts";
import { UsageError } from "../errors.ts";

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/**
 * The milliseconds of a flag's duration, such as 500ms, 30s or 2m; without a unit, it is in seconds.
 *
 * @throws {UsageError} If it is invalid, less than the minimum, or longer than a timer can run.
 */
export function readDuration(
  flag: string,
  given: string,
  { minMillis = 1 }: { minMillis?: number } = {},
): number {
  const [, amount, unit = "s"] = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m)?$/.exec(given) ?? [];
  const millis = Math.round(Number(amount) * UNIT_MS[unit]!);
  if (millis >= minMillis && MILLISECONDS.parse(String(millis)) !== undefined) return millis;
  throw new UsageError(`Cannot use --${flag} "${given}": expected 500ms, 30s or 2m`);
}
