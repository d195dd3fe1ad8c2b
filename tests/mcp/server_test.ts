import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DATA_NOTE } from "../../lib/mcp/answer.ts";
import { askHandler } from "../../lib/mcp/ask.ts";
import { createMcpEndpoint } from "../../lib/mcp/endpoint.ts";
import { DEFAULT_MAX_TOKENS } from "../../lib/mcp/tool.ts";
import { encodeSpan } from "../helpers/otlp_proto.ts";
import { API_URL, createTestApi } from "../helpers/query_api.ts";
import {
  FAILED_AT,
  FAILED_TRACE,
  HOSTILE_TRACE,
  INJECTION,
  recordShop,
  SLOW_TRACE,
} from "../helpers/recorded_shop.ts";

/** Characters of an answer of the default size: at least three are a token. */
const MOST_CHARACTERS = DEFAULT_MAX_TOKENS * 3;

/** Runs the function with the protocol's own client, connected to the API of a recorded store. */
async function withClient(
  use: (
    call: (name: string, given?: Record<string, unknown>) => Promise<string>,
    parts: { client: Client; api: ReturnType<typeof createTestApi> },
  ) => Promise<void>,
): Promise<void> {
  using api = createTestApi({
    loadMcp: (handle) => Promise.resolve(createMcpEndpoint({ ask: askHandler(handle) })),
  });
  const client = new Client({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL(`${API_URL}/mcp`), {
    fetch: (url, init) => api.ask(new URL(url).pathname, init),
  });
  await client.connect(transport);
  try {
    await use(async (name, given = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: given });
      const [first] = content as { type: "text"; text: string }[];
      assert(!isError, first!.text);
      assert(first!.text.length <= MOST_CHARACTERS, `${name}: ${first!.text.length} characters`);
      return first!.text;
    }, { client, api });
  } finally {
    await client.close();
  }
}

Deno.test("the tools only read, and say what they are for", async () => {
  await withClient(async (_, { client }) => {
    const { tools } = await client.listTools();
    assertEquals(tools.map(({ name }) => name), [
      "get_status",
      "list_services",
      "search_traces",
      "get_trace",
      "get_span",
      "search_logs",
      "list_metrics",
      "query_metrics",
      "get_hints",
      "list_refused",
      "wait_for_trace",
    ]);
    for (const { description, annotations } of tools) {
      assert(description && description.length > 40);
      assertEquals(annotations?.readOnlyHint, true);
    }
  });
});

Deno.test("which service makes /checkout slow: two calls", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    const found = await call("search_traces", { query: 'name:"POST /checkout"', sort: "slowest" });
    const [slowest] = found.match(/^[0-9a-f]{32}.*$/m)!;
    assertMatch(slowest, new RegExp(`^${SLOW_TRACE} .* 900 ms; "POST /checkout" of "web"`));
    const trace = await call("get_trace", { trace_id: SLOW_TRACE });
    const [path] = trace.split("Critical path")[1]!.split("\n\n");
    // 40 statements of 20 ms each, one after the other.
    assertMatch(path!, /^.*\n800 ms \(89 %\) in 40 × "SELECT" of "inventory", span 0{13}110\n/);
    assertMatch(trace, /40 × "SELECT" client of "inventory", 800 ms in all/);
    assertMatch(trace, /Problems of the telemetry:\n.*SELECT/);
  });
});

Deno.test("what failed at a time and why: two calls", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    const found = await call("search_traces", {
      query: "status:error",
      since: new Date(FAILED_AT).toISOString(),
      until: new Date(FAILED_AT + 60_000).toISOString(),
    });
    assertMatch(found, /1 of 3 stored traces match/);
    const trace = await call("get_trace", { trace_id: FAILED_TRACE });
    assertStringIncludes(
      trace,
      `"POST /charge" of "payment", span 0000000000000003: status message "card declined"; ` +
        `exception "CardError": "limit reached"`,
    );
    assertMatch(trace, /Logs:\n.* ERROR of "payment": "charge failed: limit reached"/);
  });
});

Deno.test("is my app sending anything: one call, before and after", async () => {
  await withClient(async (call, { api }) => {
    const silent = await call("get_status");
    assertMatch(silent, /traces: 0 received/);
    assertMatch(silent, /No program has connected/);
    assertStringIncludes(silent, "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318");
    await recordShop(api.store);
    assertMatch(await call("get_status"), /traces: 47 received, 47 stored, 0 rejected/);
  });
});

Deno.test("texts of senders come back as quoted data on one line", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    const answers = [
      await call("search_traces"),
      await call("get_trace", { trace_id: HOSTILE_TRACE }),
      await call("get_span", { trace_id: HOSTILE_TRACE, span_id: "0000000000000001" }),
    ];
    for (const answer of answers) {
      assert(answer.startsWith(DATA_NOTE));
      assertStringIncludes(answer, JSON.stringify(INJECTION));
      // Outside of quotes there is nothing of it.
      assertEquals(answer.replaceAll(JSON.stringify(INJECTION), "").includes("obey"), false);
    }
  });
});

Deno.test("an answer says what does not fit, and grows on request", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    const short = await call("search_traces", { max_tokens: 200 });
    assert(short.length <= 200 * 3, String(short.length));
    assertMatch(short, /\(\d more lines; ask with a narrower query\)/);
  });
});

Deno.test("metrics, logs and hints answer from the same store", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    assertMatch(await call("search_logs", { text: "LIMIT" }), /"charge failed: limit reached"/);
    assertMatch(await call("search_logs", { service: "web" }), /No log record matches/);
    assertMatch(await call("search_logs", { until: "1d" }), /No log record matches/);
    assertMatch(await call("list_metrics"), /No metric matches/);
    assertMatch(await call("query_metrics", { expression: "1 + 1" }), /^2$/m);
    assertMatch(await call("get_hints"), /SELECT/);
    assertMatch(await call("list_refused"), /No request was refused/);
    assertMatch(await call("list_services"), /"web" calls "payment": 1 time, 1 error/);
  });
});

Deno.test("wait_for_trace returns the next trace that matches", async () => {
  await withClient(async (call, { api }) => {
    await recordShop(api.store);
    const waiting = call("wait_for_trace", { query: "name:wanted", timeout_seconds: 30 });
    const isKnown = () => api.store.queries.length > 0;
    while (!isKnown()) await new Promise((resolve) => setTimeout(resolve, 5));
    await api.store.add("traces", encodeSpan("other"));
    await api.store.add("traces", encodeSpan("wanted"));
    assertMatch(await waiting, /"wanted" of "shop"/);
    const nothing = await call("wait_for_trace", { query: "name:never", timeout_seconds: 1 });
    assertMatch(nothing, /No new trace matched within 1 s/);
  });
});

Deno.test("a question that can't be answered is an error with its reason", async () => {
  await withClient(async (_, { client, api }) => {
    await recordShop(api.store);
    const reason = async (name: string, given: Record<string, unknown>) => {
      const { content, isError } = await client.callTool({ name, arguments: given });
      assert(isError);
      return (content as { text: string }[])[0]!.text;
    };
    assertMatch(await reason("get_trace", { trace_id: "ffff" }), /No stored trace has an id/);
    assertMatch(await reason("get_trace", { trace_id: "0".repeat(4) }), /No stored trace/);
    assertMatch(await reason("search_traces", { query: "status:" }), /Cannot/);
    assertMatch(await reason("search_traces", { since: "noon" }), /Cannot read the time "noon"/);
    assertMatch(await reason("query_metrics", { expression: "sum(" }), /./);
    assertMatch(
      await reason("get_span", { trace_id: SLOW_TRACE, span_id: "f".repeat(16) }),
      /has no span f{16}/,
    );
  });
});

Deno.test("/mcp follows the rules of the page's port", async () => {
  using api = createTestApi();
  assertEquals((await api.ask("/mcp", { method: "POST" })).status, 404);
  using open = createTestApi({
    loadMcp: (handle) => Promise.resolve(createMcpEndpoint({ ask: askHandler(handle) })),
  });
  const headers = { "content-type": "application/json", accept: "application/json" };
  const init = { method: "POST", body: "{}" };
  const foreign = { ...headers, origin: "https://evil.example" };
  assertEquals((await open.ask("/mcp", { ...init, headers: foreign })).status, 403);
  assertEquals(
    (await open.ask("/mcp", { ...init, headers: { host: "evil.example" } })).status,
    403,
  );
  const get = await open.ask("/mcp");
  assertEquals([get.status, get.headers.get("allow")], [405, "POST, OPTIONS"]);
  const long = await open.ask("/mcp", { ...init, headers, body: " ".repeat(300_000) });
  assertEquals(long.status, 413);
});
