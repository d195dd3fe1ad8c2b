/** The units of durations, in nanoseconds. */
export const NANOS_PER_UNIT: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  "µs": 1e3,
  "μs": 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** "100ms" or "1.5s" in nanoseconds; undefined if the text isn't a duration with a unit. */
export function queryDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * NANOS_PER_UNIT[unit!]!;
}
