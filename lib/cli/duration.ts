const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** Milliseconds of a text such as `500ms`, `30s` or `2m`; a bare number is seconds. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit = "s"] = /^(\d*\.?\d+)(ms|s|m)?$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * UNIT_MS[unit]!;
}
