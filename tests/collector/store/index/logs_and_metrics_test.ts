// cspell:ignore AAEC
import { assert, assertEquals } from "@std/assert";
import type { LogQuery } from "../../../../lib/collector/model.ts";
import type { LogRecord } from "../../../../lib/otlp/json.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { logsRequest, metricsRequest, resourceOf, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxTraces: 1000, maxBytes: 2 ** 24 };
const TRACE_ID = "5b8efff798038103d269b633813fc60c";
const SPAN_ID = "eee19b7ec3c1b174";

const QUERIES: [string, Omit<LogQuery, "limit">, number[]][] = [
  ["all, the newest first", {}, [3, 2, 1]],
  ["a trace's", { traceId: TRACE_ID }, [1]],
  ["a span's", { spanId: SPAN_ID.toUpperCase() }, [1]],
  ["no trace's", { traceId: "xyz" }, []],
  ["a service's", { serviceName: "bank" }, [3]],
  ["severe ones", { minSeverityNumber: 17 }, [2]],
  ["text in the body", { text: "HELLO" }, [1]],
  ["text in a nested body", { text: "inner" }, [3]],
  ["text in an attribute", { text: "42" }, [2]],
  ["older ones", { before: 2 }, [1]],
  ["those until a time", { timeMaxUnixNano: "2000000" }, [3, 1]],
  ["those from a time", { timeMinUnixNano: "2000001" }, [2]],
];
for (const [what, query, expected] of QUERIES) {
  Deno.test(`findLogs() finds ${what}`, async () => {
    const store = new StoreEngine(LIMITS);
    const body = { kvlistValue: { values: [{ key: "k", value: { stringValue: "Inner" } }] } };
    const bytes = [
      logsRequest([
        {
          timeUnixNano: "2000000",
          traceId: TRACE_ID,
          spanId: SPAN_ID,
          body: { stringValue: "Hello" },
        },
        {
          timeUnixNano: "3000000",
          severityNumber: 17,
          attributes: [{ key: "n", value: { intValue: "1423" } }],
        },
      ]),
      logsRequest([{ timeUnixNano: "1", body }], "bank"),
    ];
    await store.add(bytes.map((bytes) => ({ signal: "logs", bytes })));
    const { logs, kept } = await store.findLogs({ ...query, limit: 10 });
    assertEquals(logs.map(({ sequence }) => sequence), expected);
    assertEquals(kept, 3);
  });
}

Deno.test("findLogs() finds severe records by their text if they have no number", async () => {
  const store = new StoreEngine(LIMITS);
  const records = ["FATAL", "fatal2", "Warning", "Errors", "other", ""]
    .map((severityText) => ({ timeUnixNano: "1", severityText }));
  const numbered = { timeUnixNano: "1", severityText: "FATAL", severityNumber: 9 };
  await store.add([{ signal: "logs", bytes: logsRequest([...records, numbered]) }]);
  const textsFrom = async (minSeverityNumber: number) => {
    const { logs } = await store.findLogs({ minSeverityNumber, limit: 10 });
    return logs.map(({ severityText }) => severityText).toReversed();
  };
  assertEquals(await textsFrom(21), ["FATAL", "fatal2"]);
  assertEquals(await textsFrom(13), ["FATAL", "fatal2", "Warning", "Errors"]);
  const { logs: [shown] } = await store.findLogs({ minSeverityNumber: 21, limit: 1 });
  assertEquals(shown?.severityNumber, 0);
});

const SHOWN: [string, LogRecord][] = [
  ["user.login", { eventName: "user.login" }],
  ["custom", { severityNumber: 9, severityText: "CUSTOM" }],
  ["warn", { severityNumber: 14 }],
  ["3q2+7w==", { body: { bytesValue: "3q2+7w==" } }],
  ["AAEC", { attributes: [{ key: "b", value: { bytesValue: "AAECAwQ=" } }] }],
  ['["a",1.5,null]', {
    body: { arrayValue: { values: [{ stringValue: "a" }, { doubleValue: 1.5 }, {}] } },
  }],
  [',"n":9007199254740993}', {
    body: {
      kvlistValue: {
        values: [{ key: "m" }, { key: "n", value: { intValue: "9007199254740993" } }],
      },
    },
  }],
  ["infinity", { body: { doubleValue: "Infinity" } }],
];
for (const [text, record] of SHOWN) {
  Deno.test(`findLogs() finds ${text}, which is shown of a record`, async () => {
    const store = new StoreEngine(LIMITS);
    const bytes = logsRequest([record, { body: { stringValue: "another" } }]);
    await store.add([{ signal: "logs", bytes }]);
    const { logs } = await store.findLogs({ text, limit: 10 });
    assertEquals(logs.map(({ sequence }) => sequence), [1]);
  });
}

Deno.test("a log entry has the data of the record, its scope, and its resource", async () => {
  const store = new StoreEngine(LIMITS);
  const bytes = logsRequest([{
    observedTimeUnixNano: "1700000000000000007",
    eventName: "user.login",
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    severityNumber: 9,
    severityText: "INFO",
    flags: 257,
    droppedAttributesCount: 3,
  }, { body: { stringValue: "no time" } }]);
  await store.add([{ signal: "logs", bytes }]);
  const [timeless, entry] = (await store.findLogs({ limit: 2 })).logs;
  assertEquals(Object.hasOwn(timeless!, "timeUnixNano"), false);
  assertEquals(entry, {
    sequence: 1,
    timeUnixNano: "1700000000000000007",
    severityNumber: 9,
    severityText: "INFO",
    body: {},
    eventName: "user.login",
    attributes: [],
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    serviceName: "shop",
    scopeName: "logger",
    scopeVersion: "",
    scopeAttributes: [],
    resource: resourceOf("shop").attributes,
    observedTimeUnixNano: "1700000000000000007",
    flags: 257,
    droppedAttributesCount: 3,
  });
});

Deno.test("a flood of spans does not evict logs and metrics, and vice versa", async () => {
  const store = new StoreEngine({ maxTraces: 1e6, maxBytes: 2 ** 20 });
  const padding = { stringValue: "x".repeat(9_000) };
  const add = (signal: "traces" | "logs" | "metrics", bytes: Uint8Array<ArrayBuffer>) =>
    store.add([{ signal, bytes }]);
  await add("logs", logsRequest([{ body: padding }]));
  await add(
    "metrics",
    metricsRequest([{ name: "queue", gauge: { dataPoints: [{ asInt: "1" }] } }]),
  );
  for (let i = 1; i < 300; i++) {
    await add(
      "traces",
      tracesRequest([span(`${i}`, "1", { attributes: [{ key: "p", value: padding }] })]),
    );
  }
  let { signals, bytes } = await store.stats();
  assert(bytes <= 2 ** 20);
  assert(signals.traces.evicted > 100);
  assertEquals([signals.logs.evicted, signals.metrics.evicted], [0, 0]);
  const spansBefore = signals.traces.kept;
  for (let i = 1; i < 300; i++) await add("logs", logsRequest([{ body: padding }]));
  ({ signals, bytes } = await store.stats());
  assert(bytes <= 2 ** 20);
  assert(signals.logs.evicted > 200);
  assertEquals(signals.logs.received, signals.logs.kept + signals.logs.evicted);
  assert(signals.traces.kept > spansBefore / 2);
  assertEquals(signals.metrics.kept, 1);
});

Deno.test("metrics become series with points in time order, without duplicates", async () => {
  const store = new StoreEngine(LIMITS);
  const point = (time: number, value: number, key = "a") => ({
    timeUnixNano: String(time),
    asDouble: value,
    attributes: [{ key, value: { stringValue: "1" } }],
  });
  const request = (...dataPoints: ReturnType<typeof point>[]) => ({
    signal: "metrics" as const,
    bytes: metricsRequest([{
      name: "requests",
      unit: "{request}",
      sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints },
    }]),
  });
  const [first, second] = await store.add([
    request(point(20, 2), point(10, 1), point(10, 5, "b")),
    request(point(20, 2), point(30, 3)),
  ]);
  assert("result" in first! && "result" in second!);
  assertEquals([first.result.accepted, second.result.accepted, second.result.duplicated], [
    3,
    1,
    1,
  ]);
  const [summary] = await store.metrics();
  assertEquals(summary, {
    name: "requests",
    description: "",
    unit: "{request}",
    type: "sum",
    aggregationTemporality: 2,
    isMonotonic: true,
    kinds: [{
      unit: "{request}",
      type: "sum",
      aggregationTemporality: 2,
      isMonotonic: true,
    }],
    serviceNames: ["shop"],
    seriesCount: 2,
    lastTimeUnixNano: "30",
    conflicts: [],
    overlaps: [],
  });
  const { series } = (await store.metric("requests"))!;
  const values = series.map(({ points }) =>
    points.map(({ timeUnixNano, value }) => [timeUnixNano, value])
  );
  assertEquals(values, [[["10", 1], ["20", 2], ["30", 3]], [["10", 5]]]);
  assertEquals(await store.metric("nothing"), undefined);
});

Deno.test("points of all types keep their data, including exemplars", async () => {
  const store = new StoreEngine(LIMITS);
  const exemplars = [{ asDouble: 0.7, timeUnixNano: "5", traceId: TRACE_ID, spanId: SPAN_ID }];
  const bytes = metricsRequest([
    {
      name: "duration",
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [{
          count: "3",
          sum: 1.5,
          min: 0,
          explicitBounds: [1],
          bucketCounts: ["2", "1"],
          exemplars,
        }],
      },
    },
    {
      name: "size",
      exponentialHistogram: {
        dataPoints: [{
          count: "2",
          scale: -1,
          zeroCount: "1",
          positive: { offset: -3, bucketCounts: ["1"] },
        }],
      },
    },
    {
      name: "lag",
      summary: {
        dataPoints: [{ count: "1", sum: 2, quantileValues: [{ quantile: 0.5, value: 2 }] }],
      },
    },
  ]);
  await store.add([{ signal: "metrics", bytes }]);
  const pointOf = async (name: string) => (await store.metric(name))!.series[0]!.points[0];
  assertEquals(await pointOf("duration"), {
    count: 3,
    sum: 1.5,
    min: 0,
    explicitBounds: [1],
    bucketCounts: [2, 1],
    exemplars: [{
      value: 0.7,
      timeUnixNano: "5",
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      filteredAttributes: [],
    }],
  });
  assertEquals(await pointOf("size"), {
    count: 2,
    scale: -1,
    zeroCount: 1,
    positive: { offset: -3, bucketCounts: [1] },
    negative: { offset: 0, bucketCounts: [] },
  });
  assertEquals(await pointOf("lag"), {
    count: 1,
    sum: 2,
    quantiles: [{ quantile: 0.5, value: 2 }],
  });
});

Deno.test("series and their points are limited, and evicted ones are counted", async () => {
  const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 26 });
  const point = (time: number, key = "a") => ({
    timeUnixNano: String(time),
    attributes: [{ key, value: { stringValue: "1" } }],
  });
  const add = async (dataPoints: ReturnType<typeof point>[]) => {
    const bytes = metricsRequest([{ name: "queue", gauge: { dataPoints } }]);
    const [outcome] = await store.add([{ signal: "metrics", bytes }]);
    assert("result" in outcome!);
    return outcome.result;
  };
  for (let time = 1; time <= 250; time++) await add([point(time)]);
  const { points } = (await store.metric("queue"))!.series[0]!;
  assertEquals([points.length, points[0]!.timeUnixNano], [200, "51"]);
  await add(Array.from({ length: 4999 }, (_, i) => point(1, `k${i}`)));
  await add([point(251), point(2, "k0")]);
  const { accepted, rejected } = await add(Array.from({ length: 11 }, (_, i) => point(1, `n${i}`)));
  assertEquals([accepted, rejected], [11, 0]);
  const { series, signals } = await store.stats();
  assertEquals(series, { kept: 5000, evicted: 11 });
  assertEquals(signals.metrics, {
    kept: 5200,
    received: 5262,
    rejected: 0,
    duplicated: 0,
    evicted: 62,
  });
  const keys = (await store.metric("queue"))!.series.map(({ attributes }) => attributes[0]!.key);
  const isKept = (key: string) => keys.includes(key);
  assertEquals(["a", "k0", "k1", "k11", "k12", "n0", "n10"].map(isKept), [
    true,
    true,
    false,
    false,
    true,
    true,
    true,
  ]);
});

Deno.test("one request can contain more points of a series than are kept, some of them twice", async () => {
  const store = new StoreEngine({ maxTraces: 1, maxBytes: 2 ** 26 });
  const dataPoints = Array.from({ length: 90_000 }, (_, i) => ({
    timeUnixNano: String(60_000 - i % 60_000),
  }));
  const bytes = metricsRequest([{ name: "queue", gauge: { dataPoints } }]);
  const [outcome] = await store.add([{ signal: "metrics", bytes }]);
  assert("result" in outcome!);
  assertEquals([outcome.result.accepted, outcome.result.duplicated], [60_000, 30_000]);
  const { points } = (await store.metric("queue"))!.series[0]!;
  assertEquals([points.length, points[0]!.timeUnixNano], [200, "1"]);
});
