import { assertEquals, assertThrows } from "@std/assert";
import {
  checkOperationsParameters,
  readJaegerQuery,
  readJaegerTraceId,
} from "../../../lib/collector/api/jaeger_query.ts";
import { ParameterError } from "../../../lib/collector/api/parameters.ts";

const MIN = "2023-11-14T22:13:20Z";
const MAX = "2023-11-14T22:13:21Z";
const TIMES = { "query.start_time_min": MIN, "query.start_time_max": MAX };

const ALL = {
  startTimeMinUnixNano: "1700000000000000000",
  startTimeMaxUnixNano: "1700000001000000000",
  serviceName: "svc",
  operationName: "op",
  limit: 20,
  minDurationNanos: 1e9,
  maxDurationNanos: 2e9,
  attributes: { "http.route": "/" },
};

Deno.test("readJaegerQuery() reads the parameters in snake_case", () => {
  assertEquals(
    read({
      ...TIMES,
      "query.service_name": "svc",
      "query.operation_name": "op",
      "query.num_traces": "20",
      "query.duration_min": "1s",
      "query.duration_max": "2s",
      "query.raw_traces": "true",
      "query.attributes": `{"http.route":"/"}`,
    }),
    ALL,
  );
});

Deno.test("readJaegerQuery() reads the parameters in camelCase", () => {
  assertEquals(
    read({
      "query.startTimeMin": MIN,
      "query.startTimeMax": MAX,
      "query.serviceName": "svc",
      "query.operationName": "op",
      "query.searchDepth": "20",
      "query.durationMin": "1s",
      "query.durationMax": "2s",
      "query.rawTraces": "0",
      "query.attributes[http.route]": "/",
    }),
    ALL,
  );
});

Deno.test("readJaegerQuery() finds 100 traces by default", () => {
  assertEquals(read(TIMES).limit, 100);
});

Deno.test("readJaegerQuery() treats the attribute error as the span status", () => {
  const attributes = (value: string) => ({ ...TIMES, "query.attributes[error]": value });
  assertEquals(read(attributes("true")).statusCodes, [2]);
  assertEquals(read(attributes("false")).statusCodes, [0, 1]);
  assertEquals(read(attributes("true")).attributes, undefined);
});

Deno.test("readJaegerQuery() rejects what Jaeger rejects, and names the parameter", () => {
  const wrong: [Record<string, string>, string][] = [
    [{}, "query.start_time_min"],
    [{ "query.start_time_min": MIN }, "query.start_time_max"],
    [{ "query.start_time_min": MAX, "query.start_time_max": MIN }, "query.start_time_min"],
    [{ "query.startTimeMin": "NaN", "query.startTimeMax": MAX }, "query.startTimeMin"],
    [{ ...TIMES, "query.num_traces": "x" }, "query.num_traces"],
    [{ ...TIMES, "query.num_traces": "0" }, "query.num_traces"],
    [{ ...TIMES, "query.searchDepth": "-1" }, "query.searchDepth"],
    [{ ...TIMES, "query.duration_min": "1" }, "query.duration_min"],
    [{ ...TIMES, "query.durationMax": "x" }, "query.durationMax"],
    [{ ...TIMES, "query.raw_traces": "x" }, "query.raw_traces"],
    [{ ...TIMES, "query.attributes": "x" }, "query.attributes"],
    [{ ...TIMES, "query.attributes": `{"n":1}` }, "query.attributes"],
    [{ ...TIMES, "query.attributes": "[]" }, "query.attributes"],
    // We can't evaluate these, and ignoring them would answer a different query.
    [{ ...TIMES, "query.filter": "{}" }, "query.filter"],
    [{ ...TIMES, "query.tags": "{}" }, "query.tags"],
    [{ ...TIMES, "query.spanKind": "client" }, "query.spanKind"],
    [{ ...TIMES, service_name: "shop" }, "service_name"],
    [{ ...TIMES, attributes: "{}" }, "attributes"],
    [{ ...TIMES, "Query.service_name": "shop" }, "Query.service_name"],
  ];
  for (const [params, name] of wrong) {
    const error = assertThrows(() => read(params), ParameterError, name);
    assertEquals(error.parameter, name);
  }
});

Deno.test("checkOperationsParameters() rejects a filter that there isn't", () => {
  const check = (params: Record<string, string>) =>
    checkOperationsParameters(new URLSearchParams(params));
  check({ service: "shop", span_kind: "client", spanKind: "" });
  const error = assertThrows(() => check({ service: "shop", kind: "client" }), ParameterError);
  assertEquals(error.parameter, "kind");
});

Deno.test("readJaegerTraceId() accepts hex with or without leading zeros, and base64", () => {
  const id = "0123456789abcdef0123456789abcdef";
  assertEquals(readJaegerTraceId(id), id);
  assertEquals(readJaegerTraceId(id.toUpperCase()), id);
  assertEquals(readJaegerTraceId("abc"), "abc".padStart(32, "0"));
  assertEquals(readJaegerTraceId("ASNFZ4mrze8BI0VniavN7w=="), id);
  assertEquals(readJaegerTraceId("ASNFZ4mrze8BI0VniavN7w"), id);
  for (const wrong of ["", "zz", `${id}0`, "%%%%%%%%%%%", "ASNFZ4mrze8BI0VniavN7w==="]) {
    assertThrows(() => readJaegerTraceId(wrong), ParameterError, "trace_id");
  }
});

function read(params: Record<string, string>) {
  return readJaegerQuery(new URLSearchParams(params));
}
