/** The telemetry of the same app on Deno under `auto`, and in Flask under Python's launcher. */
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { TestedDeno } from "../helpers/denos.ts";
import { withFolder } from "../helpers/folder.ts";
import type { ReceivedSpan } from "../helpers/otlp_proto.ts";
import {
  fromSources,
  type ProgramOptions,
  type RunningProgram,
  withProgram,
} from "../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../helpers/receiver.ts";

const TESTDATA = new URL("../testdata/frameworks/", import.meta.url);
const SERVER_KIND = 2;
const CLIENT_KIND = 3;
const CALLER = "c".repeat(32);
const UNSAMPLED_CALLER = "d".repeat(32);
const QUEUED = 3;

/** The cells of a column, by row. */
export type Cells = Record<string, string>;

/** A way to run the app. */
export interface Twin {
  words: string[];
  options: ProgramOptions;
}

/** The app in Hono on a version of Deno, in a folder with its imports. */
export async function denoTwin({ path }: TestedDeno, folder: string): Promise<Twin> {
  const imports = { hono: "npm:hono@4.13.19", pg: "npm:pg@8.23.1" };
  await copyFile(fileURLToPath(new URL("hono_twin.mjs", TESTDATA)), `${folder}/hono_twin.mjs`);
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
  const permissions = ["--allow-net", "--allow-env", "--allow-sys", "--unstable-kv"];
  return {
    words: ["auto", "--", path, "run", ...permissions, "hono_twin.mjs"],
    options: { launch: fromSources("main.ts", ["run", "write"]), cwd: folder },
  };
}

/** The app in Flask. */
export function flaskTwin(): Twin {
  const path = fileURLToPath(new URL("flask_twin.py", TESTDATA));
  return {
    words: [path],
    options: { launch: { command: "opentelemetry-instrument", args: ["python3"] } },
  };
}

/** Runs the app three times, and returns what arrived. */
export async function observe(twin: Twin, database: number): Promise<Cells> {
  const signal = async (running: RunningProgram) => void await running.stop("SIGTERM");
  const exit = async (running: RunningProgram) => {
    const response = await fetch(`${running.url}/exit`).catch(() => {}); // It can end without an answer.
    await response?.body?.cancel();
    await running.end();
  };
  return {
    ...await observeRequests(twin, database),
    "Queued spans after SIGTERM": await countQueued(twin, database, signal),
    "Queued spans after `Deno.exit` or `sys.exit`": await countQueued(twin, database, exit),
  };
}

/** Variables for both launchers. Python's needs the last three for things that Deno does itself. */
function variables(receiver: Receiver, database: number): Record<string, string> {
  return {
    SHOP_PORT: String(database),
    OTEL_SERVICE_NAME: "shop",
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-a,cookie",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_SEMCONV_STABILITY_OPT_IN: "http,database",
    OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED: "true",
  };
}

async function countQueued(
  { words, options }: Twin,
  database: number,
  end: (running: RunningProgram) => Promise<void>,
): Promise<string> {
  await using receiver = startHttpReceiver();
  const env = { ...variables(receiver, database), OTEL_BSP_SCHEDULE_DELAY: "60000" };
  await withProgram(words, { ...options, env, ready: "/\n" }, async (running) => {
    for (let i = 0; i < QUEUED; i++) await (await fetch(`${running.url}/orders/${i}`)).text();
    await end(running);
  });
  const arrived = receiver.spans.filter(({ name }) => name.includes("/orders/"));
  return `${arrived.length} of ${QUEUED}`;
}

async function observeRequests({ words, options }: Twin, database: number): Promise<Cells> {
  await using receiver = startHttpReceiver();
  const env = {
    ...variables(receiver, database),
    OTEL_BSP_SCHEDULE_DELAY: "50",
    OTEL_BLRP_SCHEDULE_DELAY: "50",
    OTEL_METRIC_EXPORT_INTERVAL: "200",
  };
  return await withProgram(words, { ...options, env, ready: "/\n" }, async ({ url }) => {
    const visitor = new Visitor(url, receiver);
    const cells = {
      ...await observeOrder(visitor),
      ...await observeError(visitor),
      "Streamed response: the span ends": await observeStream(visitor),
      ...await observeContext(visitor),
      "Log records": await observeLog(visitor),
      "Database": await observeDatabase(visitor, "/database"),
      "Deno KV": await observeDatabase(visitor, "/kv"),
    };
    return { ...cells, "Duration metric": await observeMetric(receiver) };
  });
}

/** Sends requests to the app, and waits for spans. */
class Visitor {
  readonly url: string;
  readonly receiver: Receiver;

  constructor(url: string, receiver: Receiver) {
    this.url = url;
    this.receiver = receiver;
  }

  /** The text of the answer, and the server's span. */
  async visit(path: string, headers: HeadersInit = {}): Promise<[string, ReceivedSpan]> {
    const text = await (await fetch(this.url + path, { headers })).text();
    return [text, await this.spanOf(path.split("?")[0]!)];
  }

  async spanOf(path: string): Promise<ReceivedSpan> {
    const find = () =>
      this.receiver.spans.findLast(({ kind, attributes }) =>
        kind === SERVER_KIND && attributes["url.path"] === path
      );
    await this.receiver.waitUntil(() => find() !== undefined, `the span of ${path}`);
    return find()!;
  }

  /** The child spans of another one. They have arrived by then, because they ended first. */
  callsBelow({ spanId }: ReceivedSpan): ReceivedSpan[] {
    return this.receiver.spans.filter(({ kind, parentSpanId }) =>
      kind === CLIENT_KIND && parentSpanId === spanId
    );
  }
}

async function observeOrder(visitor: Visitor): Promise<Cells> {
  const headers = { "x-a": "1", cookie: "session=secret" };
  const [, { name, attributes, resource }] = await visitor.visit("/orders/7?sig=secret", headers);
  return {
    "Span name": code(name),
    "`http.route`": code(attributes["http.route"]),
    "Captured header `X-A`": captured(attributes, "x-a", "x_a"),
    "Captured header `Cookie`": captured(attributes, "cookie"),
    "Type of the status code": typeof attributes["http.response.status_code"] === "number"
      ? "integer"
      : "string",
    "`client.address`": code(attributes["client.address"]),
    "Signature in `url.query`": code(attributes["url.query"]),
    "Resource": Object.keys(resource).toSorted().map(code).join(", "),
  };
}

async function observeError(visitor: Visitor): Promise<Cells> {
  const [, { events, status, attributes }] = await visitor.visit("/error");
  const exception = events.find(({ name }) => name === "exception")?.attributes ?? {};
  return {
    "Exception": [exception["exception.type"], exception["exception.message"]].map(code).join(": "),
    "Status message": code(status.message || undefined),
    "`error.type`": code(attributes["error.type"]),
  };
}

async function observeStream(visitor: Visitor): Promise<string> {
  const response = await fetch(`${visitor.url}/stream`);
  const reader = response.body!.getReader();
  await reader.read();
  const [, release] = await visitor.visit("/release");
  await reader.read();
  await reader.cancel();
  const { endTimeUnixNano } = await visitor.spanOf("/stream");
  const isWhole = BigInt(endTimeUnixNano) > BigInt(release.startTimeUnixNano);
  return isWhole ? "with the last part" : "with the head";
}

async function observeContext(visitor: Visitor): Promise<Cells> {
  const unsampled = `00-${UNSAMPLED_CALLER}-${"1".repeat(16)}-00`;
  await (await fetch(`${visitor.url}/orders/8`, { headers: { traceparent: unsampled } })).text();
  const traceparent = `00-${CALLER}-${"1".repeat(16)}-01`;
  const [baggage, server] = await visitor.visit("/call", { traceparent, baggage: "shop=a" });
  const called = await visitor.spanOf("/called");
  const isBelow = visitor.callsBelow(server).some(({ spanId }) => spanId === called.parentSpanId);
  const isSampled = visitor.receiver.spans.some(({ traceId }) => traceId === UNSAMPLED_CALLER);
  return {
    "Trace of the caller": server.traceId === CALLER ? "continued" : "lost",
    "Call of another app": isBelow ? "in the same trace" : "in another trace",
    "Baggage": baggage === "shop=a" ? "passed on" : "lost",
    "Caller that is not sampled": isSampled ? "recorded nonetheless" : "not recorded",
  };
}

async function observeLog(visitor: Visitor): Promise<string> {
  const [, { traceId, spanId }] = await visitor.visit("/log");
  const find = () =>
    visitor.receiver.logRecords.find(({ body }) => String(body).includes("sold out"));
  await visitor.receiver.waitUntil(() => find() !== undefined, "the log record");
  const isOfSpan = find()!.traceId === traceId && find()!.spanId === spanId;
  return isOfSpan ? "with trace and span" : "without trace";
}

async function observeDatabase(visitor: Visitor, path: string): Promise<string> {
  const response = await fetch(visitor.url + path);
  await response.body?.cancel();
  if (response.status === 404) return "–";
  const [call] = visitor.callsBelow(await visitor.spanOf(path));
  if (!call) return "none";
  const text = call.attributes["db.query.text"];
  return [code(call.name), ...text === undefined ? [] : [code(text)]].join(": ");
}

/** The export after all requests includes them all. */
async function observeMetric(receiver: Receiver): Promise<string> {
  const routes = () =>
    receiver.metrics.filter(({ name }) => name === "http.server.request.duration")
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes }) => attributes["http.route"]));
  await receiver.waitUntil(() => routes().length > 0, "the duration metric");
  return routes().some((route) => route !== undefined) ? "by route" : "without route";
}

/** The header under the first of the attribute names that exists. */
function captured(attributes: ReceivedSpan["attributes"], ...names: string[]): string {
  const name = names.find((name) => `http.request.header.${name}` in attributes);
  if (name === undefined) return "none";
  return `${code(name)}: ${code(attributes[`http.request.header.${name}`])}`;
}

function code(value: unknown): string {
  if (value === undefined) return "none";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** All columns by name: the app on each Deno, and its Flask twin. */
export async function observeTwins(
  denos: readonly TestedDeno[],
  database: number,
): Promise<Record<string, Cells>> {
  const columns: Record<string, Cells> = {};
  for (const deno of denos) {
    columns[`Hono on Deno ${deno.version}`] = await withFolder(async (folder) =>
      await observe(await denoTwin(deno, folder), database)
    );
  }
  return { ...columns, "Flask, Python's launcher": await observe(flaskTwin(), database) };
}
