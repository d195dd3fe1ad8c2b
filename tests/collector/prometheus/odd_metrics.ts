const CUMULATIVE = 2;

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** Attributes whose keys or values differ from what a label can be. */
const ATTRIBUTES = [
  [text("a.b", "1"), text("a_b", "2"), text("a-b", "0")],
  [text("job", "own"), text("instance", "own")],
  [text("4xx", "x"), text("_x", "x"), text(".y", "x"), text("z_", "x")],
  // OpenTelemetry makes one underscore of several invalid characters in a row, Prometheus as many.
  [text("é", "x"), text("x.y.z", "x")],
  [text("empty", ""), text("space", " ")],
  [
    { key: "bool", value: { boolValue: true } },
    { key: "int", value: { intValue: "-5" } },
    { key: "double", value: { doubleValue: 1.5 } },
    { key: "whole", value: { doubleValue: 2 } },
  ],
  [
    { key: "list", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }] } } },
    { key: "map", value: { kvlistValue: { values: [text("k", "v")] } } },
    { key: "bytes", value: { bytesValue: "AAE=" } },
    { key: "none", value: {} },
  ],
];

const UNITS = ["", "1", "%", "ms", "s", "By", "KiBy", "Cel", "By/s", "{x}", "{x}/s", "m/s", "1/s"];

/**
 * An OTLP request with resources, attributes, names, and units that are easily converted wrongly.
 *
 * @param time The time of the points in milliseconds since 1970.
 */
export function oddMetrics(time: number) {
  const stamp = { timeUnixNano: `${time}000000`, startTimeUnixNano: `${time - 60_000}000000` };
  const gauge = (name: string, unit: string, attributes: unknown[] = []) => ({
    name,
    unit,
    gauge: { dataPoints: [{ ...stamp, asDouble: 7, attributes }] },
  });
  const sum = (name: string, unit: string, isMonotonic: boolean) => ({
    name,
    unit,
    sum: {
      aggregationTemporality: CUMULATIVE,
      isMonotonic,
      dataPoints: [{ ...stamp, asInt: "7" }],
    },
  });
  const histogram = (name: string, point: object) => ({
    name,
    unit: "s",
    histogram: { aggregationTemporality: CUMULATIVE, dataPoints: [{ ...stamp, ...point }] },
  });
  const of = (attributes: unknown[], metrics: unknown[]) => ({
    resource: { attributes },
    scopeMetrics: [{ scope: { name: "odd" }, metrics }],
  });
  return {
    resourceMetrics: [
      of([text("service.name", "only name")], [gauge("resource.1", "")]),
      of([text("service.name", "a"), text("service.instance.id", "b")], [gauge("resource.2", "")]),
      of([text("host.name", "no service")], [gauge("resource.3", "")]),
      of([text("service.namespace", "n"), text("x", "y")], [gauge("resource.4", "")]),
      of([text("service.instance.id", "i"), text("x", "y")], [gauge("resource.5", "")]),
      of([text("service.name", "odd"), text("a.b", "1"), text("a_b", "2")], [
        ...ATTRIBUTES.map((attributes, i) => gauge(`attributes.${i}`, "", attributes)),
        ...UNITS.map((unit, i) => gauge(`unit.gauge.${i}`, unit)),
        ...UNITS.map((unit, i) => sum(`unit.sum.${i}`, unit, true)),
        ...UNITS.map((unit, i) => sum(`unit.level.${i}`, unit, false)),
        sum("x.total", "", true),
        sum("total.y", "", true),
        sum("seconds.x", "s", true),
        gauge("x.ratio", "1"),
        gauge("UPPER.Case", "By"),
        gauge("9lives", ""),
        gauge("a:b", ""),
        histogram("no.sum", { count: "3", explicitBounds: [1], bucketCounts: ["1", "2"] }),
        histogram("no.buckets", { count: "3", sum: 4 }),
        histogram("one.bucket", { count: "3", sum: 4, bucketCounts: ["3"] }),
        histogram("extremes", {
          ...{ count: "3", sum: 4, min: 1, max: 2 },
          ...{ explicitBounds: [-1, 2.5], bucketCounts: ["1", "1", "1"] },
        }),
      ]),
    ],
  };
}
