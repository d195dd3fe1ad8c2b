const CUMULATIVE = 2;
const STEP_MS = 15_000;
const COUNT = 100;
const NANOS = "000000";

const BOUNDS = [0.005, 0.05, 0.1, 0.5, 1, 5];

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** Pseudorandom numbers that are the same every time. */
function* numbers(): Generator<number, never> {
  for (let seed = 7;;) yield (seed = seed * 16_807 % 2_147_483_647) / 2_147_483_647;
}

/**
 * An OTLP request with a dashboard's metrics. It has two services with requests and their durations: one
 * instance restarts, one has a gap, and one ends. It also has gauges, one with NaN, and sizes in
 * exponential histograms.
 *
 * @param end The time of the last points in milliseconds since 1970.
 */
export function redMetrics(end: number) {
  const random = numbers();
  const times = Array.from({ length: COUNT }, (_, i) => end - (COUNT - 1 - i) * STEP_MS);
  return {
    resourceMetrics: [["prod", "shop", "a"], ["prod", "shop", "b"], ["", "bank", "c"]].map(
      ([namespace, service, instance], at) => ({
        resource: {
          attributes: [
            text("service.name", service!),
            ...namespace ? [text("service.namespace", namespace)] : [],
            text("service.instance.id", instance!),
            text("host.name", `host-${instance}`),
          ],
        },
        scopeMetrics: [{
          scope: { name: "http", version: "1.2", attributes: [text("team", "web")] },
          metrics: [
            durations(times, random, { hasRestart: at === 0, hasGap: at === 1 }),
            sizes(times, random),
            gauge("queue.size", "", times, () => Math.floor(random.next().value * 40)),
            ...at < 2 ? [temperature(times, random)] : [],
            latency(times, random),
            ending("gone", times),
          ],
        }],
      }),
    ),
  };
}

function stamps(time: number, start: number) {
  return { timeUnixNano: `${time}${NANOS}`, startTimeUnixNano: `${start}${NANOS}` };
}

type Random = Generator<number, never>;

function durations(
  times: number[],
  random: Random,
  { hasRestart, hasGap }: { hasRestart: boolean; hasGap: boolean },
) {
  const dataPoints = [["/", "200"], ["/cart", "200"], ["/pay", "200"], ["/pay", "500"]].flatMap(
    ([route, status]) => {
      let bucketCounts = BOUNDS.map(() => 50).concat(2);
      let sum = 100;
      return times.flatMap((time, i) => {
        if (hasRestart && i === 70) [bucketCounts, sum] = [bucketCounts.map(() => 3), 9];
        for (const at of bucketCounts.keys()) {
          const more = Math.floor(random.next().value * 4);
          bucketCounts[at]! += more;
          sum += more * (BOUNDS[at] ?? 6) * 0.7;
        }
        if (hasGap && i > 50 && i < 60) return [];
        return [{
          ...stamps(time, times[0]! - 60_000),
          attributes: [text("http.route", route!), text("http.response.status_code", status!)],
          explicitBounds: BOUNDS,
          bucketCounts: bucketCounts.map(String),
          count: String(bucketCounts.reduce((a, b) => a + b)),
          sum,
        }];
      });
    },
  );
  return {
    name: "http.server.request.duration",
    unit: "s",
    histogram: { aggregationTemporality: CUMULATIVE, dataPoints },
  };
}

function sizes(times: number[], random: Random) {
  const counts = [400, 300, 200, 100, 50];
  const dataPoints = times.map((time, i) => {
    for (const at of counts.keys()) counts[at]! += Math.floor(random.next().value * 5);
    return {
      ...stamps(time, times[0]! - 60_000),
      // A sender lowers the scale as its values spread out.
      ...i < 50
        ? { scale: 1, positive: { offset: 4, bucketCounts: counts.map(String) } }
        : { scale: 0, positive: { offset: 2, bucketCounts: merged(counts).map(String) } },
      zeroCount: "3",
      count: String(3 + counts.reduce((a, b) => a + b)),
      sum: i * 100,
    };
  });
  return {
    name: "size",
    unit: "By",
    exponentialHistogram: { aggregationTemporality: CUMULATIVE, dataPoints },
  };
}

/** The buckets at half the scale. */
function merged(counts: number[]): number[] {
  return Array.from(
    { length: Math.ceil(counts.length / 2) },
    (_, i) => counts[2 * i]! + (counts[2 * i + 1] ?? 0),
  );
}

function gauge(name: string, unit: string, times: number[], value: (i: number) => number | string) {
  const dataPoints = times.map((time, i) => ({ ...stamps(time, 0), asDouble: value(i) }));
  return { name, unit, gauge: { dataPoints } };
}

function temperature(times: number[], random: Random) {
  return gauge(
    "temperature",
    "Cel",
    times,
    (i) => i % 30 === 0 ? "NaN" : 15 + random.next().value * 10,
  );
}

function latency(times: number[], random: Random) {
  const dataPoints = times.map((time, i) => ({
    ...stamps(time, times[0]!),
    count: String(i * 10),
    sum: i * 3.5,
    quantileValues: [0.5, 1].map((quantile) => ({ quantile, value: random.next().value })),
  }));
  return { name: "latency", unit: "s", summary: { dataPoints } };
}

/** A gauge that ends, resumes, and ends for good two minutes before the last point. */
function ending(name: string, times: number[]) {
  const dataPoints = times.slice(0, -8).map((time, i, all) => ({
    ...stamps(time, 0),
    ...i === 60 || i === all.length - 1 ? { flags: 1 } : { asDouble: i },
  }));
  return { name, unit: "", gauge: { dataPoints } };
}
