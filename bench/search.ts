// cspell:ignore noth größe
/**
 * Measures how long searches take over 100,000 spans: by attributes, by size, by text, with and without a hit.
 * The figures are medians of time and means of CPU, in milliseconds. Each trace has ten spans, which arrive in
 * one request or, with `--spread`, in the requests of five services.
 *
 * deno task bench:search [--rounds N] [--batch SPANS_PER_REQUEST] [--spread] [--db] [QUERY ...]
 */
import { parseArgs } from "@std/cli/parse-args";
import { StoreEngine } from "../lib/collector/store/worker/store_engine.ts";
import { traceExpression } from "../lib/query/match.ts";
import { parseQuery } from "../lib/query/parse.ts";
import { encodeMessage } from "../lib/otlp/encode.ts";
import type { KeyValue, Span } from "../lib/otlp/json.ts";
import { median } from "./median.ts";
import { cpuMicros } from "./process.ts";
import { printTable, status } from "./report.ts";

const SPANS = 100_000;
const SPANS_PER_TRACE = 10;
const SERVICES = 5;

const QUERIES = [
  "http.route=/items/5",
  "http.route=/nothing",
  "http.response.status_code=500",
  "http.response.status_code>=500",
  "http.route:/nothing*",
  "user_agent.original:*nothing*",
  "http.route!=/items/*",
  "cached:false",
  "missing exists",
  "service.name=nobody",
  "service:shop-1 http.route=/nothing",
  "name:nothing",
  "duration>1h",
  "http.route!=/items/* http.route exists",
  "http.route=/nothing or url.path=/nothing",
  "http.route=/nothing or url.path=/nothing or cached=false",
  "http.route=/items/5 url.path:/items/* cached=true http.response.status_code>=500",
  "span.http.route=/nothing",
  "resource.host.name=nothing",
  "resource.host.name:noth*",
  "event.exception.type=nothing",
  "event.exception.message:*nothing*",
  "scope.name=nothing",
  "event.name=nothing",
  "status.message=nothing",
  "nowhere",
  "nowhere or nobody",
  "user_agent",
  "firefox",
  "größe",
  "987654",
  "not http.route=/items/5",
  "not http.route:/items/*",
  "not http.route exists",
];

const { rounds, batch, spread, db, _ } = parseArgs(Deno.args, {
  string: ["rounds", "batch"],
  boolean: ["spread", "db"],
  default: { rounds: "5", batch: "100" },
});
const spansPerRequest = Number(batch);
status(`Storing ${SPANS} spans …`);
const folder = db ? Deno.makeTempDirSync() : undefined;
const store = new StoreEngine({
  maxTraces: 1e6,
  maxBytes: 2 ** 28,
  ...folder !== undefined && { file: `${folder}/spans.db` },
});
try {
  for (let request = 0; request * spansPerRequest < SPANS; request++) {
    await store.add([{ signal: "traces", bytes: encodeRequest(request) }]);
  }
  const rows = [["query", "traces", "ms", "ms of CPU"]];
  for (const query of _.length > 0 ? _.map(String) : QUERIES) {
    status(query);
    rows.push([query, ...await measured(query)]);
  }
  printTable(rows);
} finally {
  await store.close();
  if (folder !== undefined) Deno.removeSync(folder, { recursive: true });
}

/** How many traces were found, and how long it took. The first round doesn't count. */
async function measured(query: string): Promise<string[]> {
  const expression = traceExpression(parseQuery(query)!);
  const find = () => store.findTraces({ expression, limit: 100 });
  const { matched } = await find();
  const times: number[] = [];
  const cpu = cpuMicros(Deno.pid);
  for (let round = 0; round < Number(rounds); round++) {
    const start = performance.now();
    await find();
    times.push(performance.now() - start);
  }
  // The clock of CPU time is too coarse for one round.
  const cpuMillis = (cpuMicros(Deno.pid) - cpu) / 1000 / Number(rounds);
  return [String(matched), median(times).toFixed(0), cpuMillis.toFixed(0)];
}

function encodeRequest(request: number): Uint8Array<ArrayBuffer> {
  const service = request % SERVICES;
  const spans = Array.from(
    { length: Math.min(spansPerRequest, SPANS - request * spansPerRequest) },
    (_, index) => spanOf(spanNumber(request, index), index),
  );
  const resource = {
    attributes: [
      text("service.name", `shop-${service}`),
      text("host.name", `host-${service}`),
      text("telemetry.sdk.language", "javascript"),
    ],
  };
  return encodeMessage("TracesData", {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "bench" }, spans }] }],
  });
}

/** Which span of all comes at a place in a request: every fifth one if traces are spread over services. */
function spanNumber(request: number, index: number): number {
  if (!spread) return request * spansPerRequest + index;
  const round = Math.floor(request / SERVICES);
  return (round * spansPerRequest + index) * SERVICES + request % SERVICES;
}

function spanOf(number: number, index: number): Span {
  const isFailed = number % 10 === 0;
  return {
    traceId: hex(Math.floor(number / SPANS_PER_TRACE) + 1, 32),
    spanId: hex(number + 1, 16),
    name: `GET /items/${index}`,
    kind: 2,
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000010000000",
    attributes: [
      text("http.route", `/items/${index}`),
      { key: "http.response.status_code", value: { intValue: index % 7 ? "200" : "404" } },
      text("url.path", `/items/${Math.floor(number / 100)}/${index}`),
      { key: "cached", value: { boolValue: true } },
      text("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"),
    ],
    ...isFailed && {
      status: { code: 2, message: "out of stock" },
      events: [{
        name: "exception",
        timeUnixNano: "1700000000005000000",
        attributes: [
          text("exception.type", "StockError"),
          text("exception.message", `Item ${number} is out of stock`),
        ],
      }],
    },
  };
}

function text(key: string, stringValue: string): KeyValue {
  return { key, value: { stringValue } };
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
