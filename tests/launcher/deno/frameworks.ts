import { assertEquals } from "@std/assert";
import { copyFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestedDeno } from "../../helpers/denos.ts";
import { withFolder } from "../../helpers/folder.ts";
import { fromSources, withProgram } from "../../helpers/program.ts";
import type { ReceivedMetric, ReceivedSpan } from "../../helpers/otlp_proto.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";

const TESTDATA = new URL("../../testdata/", import.meta.url);
const SERVER_KIND = 2;
const CLIENT_KIND = 3;

/** A program, and where its imports come from. */
export interface Framework {
  /** Relative to `tests/testdata`. */
  program: string;
  imports: Record<string, string>;
  /** Additional arguments for Deno. */
  args?: string[];
  /** Whether it finds no routes. */
  hasNoRoutes?: boolean;
}

/** A request, and its span. The span name without the method is the route, if there is one. */
export interface Visit {
  path: string;
  answer: [status: number, body?: string];
  name: string;
  thrown?: [type: string, message: string];
}

/**
 * Runs the program under the launcher, sends it requests, and checks the span of each one, and the trace of
 * one whose handler calls another server.
 */
export async function checkFramework(
  deno: TestedDeno,
  { program, imports, args = [], hasNoRoutes = false }: Framework,
  visits: readonly Visit[],
): Promise<void> {
  await using receiver = startHttpReceiver();
  await withFolder(async (folder) => {
    const main = basename(program);
    await copyFile(fileURLToPath(new URL(program, TESTDATA)), `${folder}/${main}`);
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
    const options = {
      launch: fromSources("main.ts", ["run", "write"]),
      cwd: folder,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: "50",
        OTEL_METRIC_EXPORT_INTERVAL: "200",
        OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "X-[a-c],(cookie|none)",
        OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_RESPONSE: "x-shop",
      },
      ready: "/\n",
    };
    const permissions = ["--allow-net", "--allow-env", "--allow-sys"];
    const words = ["auto", "--", deno.path, "run", ...permissions, ...args, main];
    await withProgram(words, options, async ({ url }) => {
      for (const [i, { path, answer: [status, body] }] of visits.entries()) {
        const answer = await fetch(url + path, { headers: { "x-a": "1", cookie: "secret" } });
        const text = await answer.text();
        assertEquals([answer.status, body && text], [status, body], path);
        // One after another, so that the spans are in the order of the requests.
        await receiver.waitUntil(() => servers(receiver.spans).length > i, `the span of ${path}`);
      }
      await checkJoins(url, receiver, hasNoRoutes ? "GET" : "GET /suppliers/:port");
      const spans = servers(receiver.spans);
      for (const [i, visit] of visits.entries()) checkSpan(spans[i]!, visit);
      await receiver.waitUntil(
        ({ metrics }) => metrics.some((metric) => countOf(metric) === spans.length),
        "the duration of all requests",
      );
      const routes = new Set(spans.map(({ name }) => name.split(" ")[1]));
      const measured = routesOf(receiver.metrics.find((one) => countOf(one) === spans.length)!);
      assertEquals(measured, routes);
      assertEquals(receiver.metrics.filter(({ name }) => name.includes("otel-kit")), []);
    });
  });
}

/**
 * Checks that a handler's fetch belongs to the trace of the request that it answers. Each program has a route
 * for that, on which it requests the server on a port, and returns its answer.
 */
async function checkJoins(
  url: string,
  receiver: ReturnType<typeof startHttpReceiver>,
  name: string,
): Promise<void> {
  await using supplier = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    ({ headers }) => new Response(headers.get("traceparent")),
  );
  const answer = await fetch(`${url}/suppliers/${supplier.addr.port}`);
  const [, traceId, spanId] = (await answer.text()).split("-");
  const find = (id: string | undefined) => receiver.spans.find((span) => span.spanId === id);
  await receiver.waitUntil(() => find(find(spanId)?.parentSpanId) !== undefined, name);
  const client = find(spanId)!;
  const server = find(client.parentSpanId)!;
  assertEquals([client.kind, client.traceId, server.traceId], [CLIENT_KIND, traceId, traceId]);
  assertEquals([server.kind, server.name], [SERVER_KIND, name]);
}

function servers(spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  return spans.filter(({ kind }) => kind === SERVER_KIND);
}

/** How many requests the duration metric counted; 0 for other metrics. */
function countOf({ name, dataPoints }: ReceivedMetric): number {
  if (name !== "http.server.request.duration") return 0;
  return dataPoints.reduce((sum, { count = 0 }) => sum + count, 0);
}

function routesOf({ dataPoints }: ReceivedMetric): Set<unknown> {
  return new Set(dataPoints.map(({ attributes }) => attributes["http.route"]));
}

function checkSpan(span: ReceivedSpan, { path, answer: [status], name, thrown }: Visit): void {
  const { attributes, events } = span;
  assertEquals(span.name, name, path);
  assertEquals(attributes["http.route"], name.split(" ")[1], path);
  assertEquals(attributes["http.response.status_code"], status, path);
  assertEquals(attributes["http.request.header.x-a"], ["1"], path);
  assertEquals(attributes["http.request.header.cookie"], ["[REDACTED]"], path);
  const shop = attributes["http.response.header.x-shop"];
  assertEquals(shop, path.startsWith("/shops/") ? ["open"] : undefined, path);
  assertEquals(attributes["client.address"], "127.0.0.1", path);
  assertEquals(attributes["url.query"], path.includes("?") ? "sig=REDACTED" : undefined, path);
  const exceptions = events.map(({ attributes }) => attributes["exception.type"]);
  assertEquals(exceptions, thrown ? [thrown[0]] : [], path);
  if (!thrown) return;
  assertEquals(attributes["error.type"], thrown[0], path);
  assertEquals(span.status.message, thrown[1], path);
}
