const UNITS: readonly [nanos: number, unit: string][] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
  [1, "ns"],
];

const MINUTE_NANOS = 60e9;
const HOUR_NANOS = 60 * MINUTE_NANOS;

/** Nanoseconds with three significant digits and a suitable unit: "1.4 ms", "2 min 5 s". */
export function formatDuration(nanos: number): string {
  if (!Number.isFinite(nanos)) return "–";
  if (nanos < 0) return `−${formatDuration(-nanos)}`;
  if (nanos >= HOUR_NANOS) return formatPair(nanos, HOUR_NANOS, "h", MINUTE_NANOS, "min");
  if (nanos >= MINUTE_NANOS) return formatPair(nanos, MINUTE_NANOS, "min", 1e9, "s");
  for (const [size, unit] of UNITS) {
    // Values that round to 1000 belong to the next unit: 999.9 µs is 1 ms.
    if (nanos >= size * 0.9995) return `${toThreeDigits(nanos / size)} ${unit}`;
  }
  return `${toThreeDigits(nanos)} ns`;
}

/** The positions of marks on a time axis, in round steps of 1, 2 or 5; at most `most` marks. */
export function axisMarks(totalNanos: number, most: number): number[] {
  if (!(totalNanos > 0)) return [0];
  const rough = totalNanos / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  return Array.from({ length: Math.floor(totalNanos / step) + 1 }, (_, index) => index * step);
}

function formatPair(
  nanos: number,
  size: number,
  unit: string,
  smallSize: number,
  smallUnit: string,
): string {
  const small = Math.round(nanos / smallSize);
  const ratio = size / smallSize;
  return `${Math.floor(small / ratio)} ${unit} ${small % ratio} ${smallUnit}`;
}

function toThreeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
