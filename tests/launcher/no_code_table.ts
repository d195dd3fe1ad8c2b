/** The telemetry of the same app on Deno under `auto`, and in Flask under Python's launcher. */
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { copyFile, cp } from "node:fs/promises";
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
import { within } from "../helpers/patience.ts";
import { freePort } from "../helpers/ports.ts";
import { type Receiver, startHttpReceiver } from "../helpers/receiver.ts";
import { nodeFolder, programPath } from "./launching.ts";

const TESTDATA = new URL("../testdata/frameworks/", import.meta.url);
const SERVER_KIND = 2;
const CLIENT_KIND = 3;
const CALLER = "c".repeat(32);
const UNSAMPLED_CALLER = "d".repeat(32);
const QUEUED = 3;
const WAREHOUSE = "warehouse";

/** The cells of a column, by row. */
export type Cells = Record<string, string>;

/** A way to run the app. */
export interface Twin {
  /** The words of a command line, with a port of its own. */
  words(): string[];
  options: ProgramOptions;
}

/** A way to run the app on Deno: as a program, as a server, or as a task, with all permissions or a few. */
export interface Way {
  /** Arguments for Deno, given the permissions and a free port. */
  args(permissions: readonly string[], port: number): string[];
  permissions: readonly string[];
}

const FULL = ["--allow-all", "--unstable-kv"];
const NARROW = ["--allow-net=127.0.0.1", "--allow-env", "--allow-sys", "--unstable-kv"];

const run: Way["args"] = (permissions) => ["run", ...permissions, "twin_deno.mjs"];

/** The first way is the one in the table; the others have the same cells. */
export const WAYS: Record<string, Way> = {
  "deno run": { args: run, permissions: NARROW },
  "deno run -A": { args: run, permissions: FULL },
  "deno task": { args: () => ["task", "start"], permissions: NARROW },
  "deno serve": {
    args: (permissions, port) => [
      ...["serve", "--host=127.0.0.1", `--port=${port}`],
      ...permissions,
      "twin_served.mjs",
    ],
    permissions: NARROW,
  },
};

/** The app in Hono on a version of Deno, in a folder with its imports. */
export async function denoTwin({ path }: TestedDeno, folder: string, way: Way): Promise<Twin> {
  await copyTwin(folder);
  const hono = "npm:hono@4.13.19";
  const description = {
    imports: { hono, "hono/": `${hono.replace(":", ":/")}/`, pg: "npm:pg@8.23.1" },
    tasks: { start: ["deno", ...run(way.permissions, 0)].join(" ") },
  };
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(description));
  return {
    words: () => ["auto", "--", path, ...way.args(way.permissions, freePort())],
    options: { launch: fromSources("main.ts", ["run", "write"]), cwd: folder },
  };
}

/** The app in Hono on Node, in a folder with its packages, which Deno installs. */
export async function nodeTwin({ path }: TestedDeno, folder: string): Promise<Twin> {
  await copyTwin(folder);
  const dependencies = { "@hono/node-server": "2.1.9", hono: "4.13.19", pg: "8.23.1" };
  const description = JSON.stringify({ type: "module", dependencies });
  await Deno.writeTextFile(`${folder}/package.json`, description);
  const { success, stderr } = await new Deno.Command(path, {
    args: ["install", "--quiet"],
    cwd: folder,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const packages = `${nodeFolder()}node_modules/@opentelemetry`;
  await Deno.symlink(packages, `${folder}/node_modules/@opentelemetry`);
  return {
    words: () => ["auto", "--", "node", "twin_node.mjs"],
    options: { launch: fromSources("main.ts", ["run", "write"]), cwd: folder },
  };
}

/** The shop, and what makes it the twin of the app in Flask. */
async function copyTwin(folder: string): Promise<void> {
  await cp(programPath("shop"), folder, { recursive: true });
  for (const name of ["twin.mjs", "twin_deno.mjs", "twin_node.mjs", "twin_served.mjs"]) {
    await copyFile(fileURLToPath(new URL(name, TESTDATA)), `${folder}/${name}`);
  }
}

/** The app in Flask. */
export function flaskTwin(): Twin {
  const path = fileURLToPath(new URL("flask_twin.py", TESTDATA));
  return {
    words: () => [path],
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
    "Queued spans after `process.exit` or `sys.exit`": await countQueued(twin, database, exit),
  };
}

/**
 * Variables for both launchers. Python's needs three for things that Deno does itself; for Node, the resource
 * doesn't depend on the machine.
 */
function variables(receiver: Receiver, database: number): Record<string, string> {
  return {
    SHOP_PORT: String(database),
    OTEL_SERVICE_NAME: "shop",
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-a,cookie",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_SEMCONV_STABILITY_OPT_IN: "http,database",
    OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED: "true",
    OTEL_NODE_RESOURCE_DETECTORS: "env,serviceinstance",
  };
}

async function countQueued(
  twin: Twin,
  database: number,
  end: (running: RunningProgram) => Promise<void>,
): Promise<string> {
  await using receiver = startHttpReceiver();
  const env = { ...variables(receiver, database), OTEL_BSP_SCHEDULE_DELAY: "60000" };
  await withTwin(twin, env, async (running) => {
    for (let i = 0; i < QUEUED; i++) await (await fetch(`${running.url}/orders/${i}`)).text();
    await end(running);
  });
  const arrived = receiver.spans.filter(({ name }) => name.includes("/orders/"));
  return `${arrived.length} of ${QUEUED}`;
}

/** Runs the app twice, as a shop and the warehouse that it calls; returns what arrived for its requests. */
export async function observeRequests(twin: Twin, database: number): Promise<Cells> {
  await using receiver = startHttpReceiver();
  const env = {
    ...variables(receiver, database),
    OTEL_BSP_SCHEDULE_DELAY: "50",
    OTEL_BLRP_SCHEDULE_DELAY: "50",
    OTEL_METRIC_EXPORT_INTERVAL: "200",
  };
  return await withTwin(
    twin,
    { ...env, OTEL_SERVICE_NAME: WAREHOUSE },
    async (warehouse) =>
      await withTwin(
        twin,
        { ...env, SHOP_WAREHOUSE: warehouse.url },
        ({ url }) => observeShop(new Visitor(url, receiver)),
      ),
  );
}

function withTwin<T>(
  { words, options }: Twin,
  env: Record<string, string>,
  use: (running: RunningProgram) => Promise<T>,
): Promise<T> {
  return withProgram(words(), { ...options, env, ready: "/\n" }, use);
}

async function observeShop(visitor: Visitor): Promise<Cells> {
  const cells = {
    ...await observeOrder(visitor),
    ...await observeParts(visitor),
    ...await observeError(visitor),
    "Streamed response: the span ends": await observeStream(visitor),
    ...await observeContext(visitor),
    "Log records": await observeLog(visitor),
    "Database": await observeDatabase(visitor, "/database"),
    "Deno KV": await observeDatabase(visitor, "/kv"),
  };
  return { ...cells, "Duration metric": await observeMetric(visitor.receiver) };
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
  async visit(path: string, init: RequestInit = {}): Promise<[string, ReceivedSpan]> {
    const text = await (await fetch(this.url + path, init)).text();
    return [text, await this.spanOf(path.split("?")[0]!)];
  }

  /** The span of a mounted app can have only the part of the path that the app knows. */
  async spanOf(path: string): Promise<ReceivedSpan> {
    const find = () =>
      this.receiver.spans.findLast(({ kind, attributes }) =>
        kind === SERVER_KIND && path.endsWith(String(attributes["url.path"]))
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
  const [, { name, attributes, resource }] = await visitor.visit("/orders/7?sig=secret", {
    headers,
  });
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

async function observeParts(visitor: Visitor): Promise<Cells> {
  const describe = ({ name, attributes }: ReceivedSpan) =>
    `${code(name)}, ${attributes["http.response.status_code"]}`;
  const server = async (path: string, init?: RequestInit) =>
    describe((await visitor.visit(path, init))[1]);
  const invalid = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
  return {
    "Route in a part of the app": await server("/users/7"),
    "Route in a mounted app": await server("/legacy/old/shoe"),
    "Request without a token": await server("/admin/v1/stats"),
    "Request that the validator refuses": await server("/users", invalid),
    "Server-sent events": await server("/events"),
    "WebSocket": await openSocket(visitor.url) ? describe(await visitor.spanOf("/ws")) : "–",
    "Path without a route": await server("/nothing"),
  };
}

/** Whether the app has a WebSocket, which is closed again. */
async function openSocket(url: string): Promise<boolean> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.onopen = () => socket.close();
  socket.onclose = ({ wasClean }) => resolve(wasClean);
  return await within(promise, "the end of the socket");
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
  const [baggage, server] = await visitor.visit("/call", {
    headers: { traceparent, baggage: "shop=a" },
  });
  const called = await visitor.spanOf("/called");
  const isBelow = called.resource[ATTR_SERVICE_NAME] === WAREHOUSE &&
    visitor.callsBelow(server).some(({ spanId }) => spanId === called.parentSpanId);
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
  const calls = visitor.callsBelow(await visitor.spanOf(path));
  // Waiting for a connection can have a span, too.
  const call = calls.find(({ attributes }) => "db.query.text" in attributes) ?? calls[0];
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

/** All columns by name: the app on each Deno and on Node, and its Flask twin. */
export async function observeTwins(
  denos: readonly TestedDeno[],
  database: number,
): Promise<Record<string, Cells>> {
  const columns: Record<string, Cells> = {};
  const [usual] = Object.values(WAYS);
  for (const deno of denos) {
    columns[`Hono on Deno ${deno.version}`] = await withFolder(async (folder) =>
      await observe(await denoTwin(deno, folder, usual!), database)
    );
  }
  columns["Hono on Node"] = await withFolder(async (folder) =>
    await observe(await nodeTwin(denos[0]!, folder), database)
  );
  return { ...columns, "Flask, Python's launcher": await observe(flaskTwin(), database) };
}
