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

/** A duration with three digits, as a query writes it: "436ms", "1.24s". */
export function queryDurationText(nanos: number, round: (value: number) => number): string {
  const [unit, size] = UNITS.findLast(([, size]) => nanos >= size) ?? UNITS[0]!;
  const value = nanos / size;
  const factor = value >= 100 ? 1 : value >= 10 ? 10 : 100;
  return `${round(value * factor) / factor}${unit}`;
}

const UNITS = [["ns", 1], ["us", 1e3], ["ms", 1e6], ["s", 1e9]] as const;
