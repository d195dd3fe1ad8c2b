/**
 * Measures how long searches take over 100,000 spans in memory: by attributes, by size, by text, with and without
 * a hit. The figures are medians, in milliseconds of time and of CPU.
 *
 * deno task bench:search [--rounds N]
 */
import { parseArgs } from "@std/cli/parse-args";
import { StoreEngine } from "../lib/collector/store/worker/store_engine.ts";
import { traceExpression } from "../lib/query/match.ts";
import { parseQuery } from "../lib/query/parse.ts";
import { encodeMessage } from "../lib/otlp/encode.ts";
import type { KeyValue } from "../lib/otlp/json.ts";
import { median } from "./median.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";

const REQUESTS = 1_000;
const SPANS_PER_REQUEST = 100;
const SPANS_PER_TRACE = 10;

const QUERIES = [
  "http.route=/items/5",
  "http.route=/nothing",
  "http.response.status_code=500",
  "http.response.status_code>=500",
  "http.route:/nothing*",
  "cached:false",
  "missing exists",
  "service.name=nobody",
  "service:shop-1 http.route=/nothing",
  "name:nothing",
  "duration>1h",
  "http.route!=/items/* http.route exists",
  "http.route=/nothing or url.path=/nothing",
  "span.http.route=/nothing",
  "scope.name=nothing",
  "event.name=nothing",
  "status.message=nothing",
  "nowhere",
  "nowhere or nobody",
  "user_agent",
  "987654",
  "not http.route=/items/5",
  "not http.route exists",
];

const { rounds } = parseArgs(Deno.args, { string: ["rounds"], default: { rounds: "5" } });
status(`Storing ${REQUESTS * SPANS_PER_REQUEST} spans …`);
const store = await filledStore();
const rows = [["query", "traces", "ms", "ms of CPU"]];
for (const query of QUERIES) {
  status(query);
  const expression = traceExpression(parseQuery(query)!);
  const times: number[] = [];
  const cpus: number[] = [];
  let matched = 0;
  for (let round = 0; round < Number(rounds); round++) {
    const [start, cpu] = [performance.now(), cpuMicros(Deno.pid)];
    ({ matched } = await store.findTraces({ expression, limit: 100 }));
    times.push(performance.now() - start);
    cpus.push((cpuMicros(Deno.pid) - cpu) / 1000);
  }
  rows.push([query, String(matched), median(times).toFixed(0), median(cpus).toFixed(0)]);
}
printTable(rows);

async function filledStore(): Promise<StoreEngine> {
  const store = new StoreEngine({ maxTraces: 1e6, maxBytes: 2 ** 28 });
  for (let request = 0; request < REQUESTS; request++) {
    await store.add([{ signal: "traces", bytes: encodeRequest(request) }]);
  }
  return store;
}

function encodeRequest(request: number): Uint8Array<ArrayBuffer> {
  const spans = Array.from({ length: SPANS_PER_REQUEST }, (_, index) => {
    const span = request * SPANS_PER_REQUEST + index + 1;
    return {
      traceId: hex(Math.ceil(span / SPANS_PER_TRACE), 32),
      spanId: hex(span, 16),
      name: `GET /items/${index}`,
      kind: 2,
      startTimeUnixNano: "1700000000000000000",
      endTimeUnixNano: "1700000000010000000",
      attributes: [
        text("http.route", `/items/${index}`),
        { key: "http.response.status_code", value: { intValue: index % 7 ? "200" : "404" } },
        text("url.path", `/items/${request}/${index}`),
        { key: "cached", value: { boolValue: true } },
        text("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"),
      ],
    };
  });
  const resource = { attributes: [text("service.name", `shop-${request % 5}`)] };
  return encodeMessage("TracesData", {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "bench" }, spans }] }],
  });
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
