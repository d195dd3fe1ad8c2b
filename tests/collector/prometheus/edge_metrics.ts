const CUMULATIVE = 2;
const STEP_MS = 15_000;
const COUNT = 60;

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/**
 * An OTLP request with values at the edges of PromQL: extremes, series that begin late, end, or come and go,
 * and vectors that match only in part.
 *
 * @param end The time of the last points in milliseconds since 1970.
 */
export function edgeMetrics(end: number) {
  const times = Array.from({ length: COUNT }, (_, i) => end - (COUNT - 1 - i) * STEP_MS);
  const stamps = (time: number) => ({
    timeUnixNano: `${time}000000`,
    startTimeUnixNano: `${times[0]! - 60_000}000000`,
  });
  type Point = Record<string, unknown> | undefined;
  const points = (...series: ((i: number) => Point)[]) =>
    times.flatMap((time, i) =>
      series.flatMap((of) => {
        const point = of(i);
        return point ? [{ ...stamps(time), ...point }] : [];
      })
    );
  const gauge = (name: string, ...series: ((i: number) => Point)[]) => ({
    name,
    gauge: { dataPoints: points(...series) },
  });
  const counter = (name: string, ...series: ((i: number) => Point)[]) => ({
    name,
    sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints: points(...series) },
  });
  const histogram = (name: string, of: (i: number) => Point) => ({
    name,
    unit: "s",
    histogram: { aggregationTemporality: CUMULATIVE, dataPoints: points(of) },
  });
  /** Counts that grow by as much as at first in every step. */
  const exponential = (
    i: number,
    { scale, offset, counts }: { scale: number; offset: number; counts: number[] },
  ) => {
    const grown = counts.map((count) => count * (i + 1));
    return {
      attributes: [text("scale", String(offset))],
      scale,
      zeroCount: String(i),
      positive: { offset, bucketCounts: grown.map(String) },
      negative: { offset: 0, bucketCounts: [String(i)] },
      count: String(2 * i + grown.reduce((a, b) => a + b)),
      sum: i,
    };
  };
  const value = (asDouble: number | string, labels: Record<string, string> = {}) => ({
    asDouble,
    attributes: Object.entries(labels).map(([key, value]) => text(key, value)),
  });
  const odd = (i: number) =>
    i % 7 === 0 ? "NaN" : i % 5 === 0 ? "Infinity" : i % 4 === 0 ? "-Infinity" : 0.1 * i;
  return {
    resourceMetrics: [{
      resource: {
        attributes: [
          text("service.name", "edge"),
          text("service.instance.id", "e1"),
          text("host.name", "here"),
        ],
      },
      scopeMetrics: [{
        scope: { name: "edge" },
        metrics: [
          gauge(
            "v",
            (i) => value(Math.sin(i) * 10, { a: "1", b: "x" }),
            (i) => value(Math.cos(i) * 10, { a: "2", b: "x" }),
            (i) => value(i, { a: "2", b: "y" }),
            (i) => value(odd(i), { a: "3", b: "y" }),
            (i) => i % 3 === 0 ? undefined : value(-i, { a: "4" }),
          ),
          gauge(
            "w",
            (i) => value(i / 2, { a: "1", c: "q" }),
            (i) => value(i / 3, { a: "2", c: "q" }),
            (i) => value(i / 3, { a: "9", c: "r" }),
          ),
          gauge("zero", () => value(0)),
          gauge("huge", () => value(1e308, { a: "1" }), () => value(1.5e308, { a: "2" })),
          gauge("tiny", (i) => value(i === 3 ? 1e16 : i % 2 ? 1 : -1e-10)),
          gauge("sparse", (i) => i % 19 === 0 ? value(i) : undefined),
          gauge("ends", (i) => i === 20 || i === 49 ? { flags: 1 } : i < 50 ? value(i) : undefined),
          counter(
            "calls",
            (i) => value(i >= 30 ? (i - 30) * 2 : i * 7, { code: "200" }),
            (i) => value(i >= 30 ? (i - 30) * 2 : i, { code: "500" }),
          ),
          counter("late", (i) => i > 40 ? value(100 + i) : undefined),
          {
            name: "spread",
            exponentialHistogram: {
              aggregationTemporality: CUMULATIVE,
              dataPoints: points(
                (i) => exponential(i, { scale: 3, offset: 10, counts: [2, 1, 0, 5, 1, 1, 1, 1] }),
                (i) => exponential(i, { scale: 0, offset: 3, counts: [3, 1] }),
                (i) => exponential(i, { scale: i < 30 ? 1 : -1, offset: -2, counts: [1, 2, 3, 4] }),
              ),
            },
          },
          histogram("low", (i) => ({
            count: String(i * 3),
            sum: i * 3,
            explicitBounds: [-5, -1, 0],
            bucketCounts: [i, i, i, 0].map(String),
          })),
        ],
      }],
    }],
  };
}
