import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { testWith } from "../../helpers/needs.ts";
import { runHereUntil } from "../../helpers/run_here.ts";

const NEEDS = ["net", "env", "read", "sys"] as const;

const ID = "07".repeat(16);

/** A collector's complete answer for each path. */
const ANSWERS = answers();

const COMMANDS = [
  ["traces"],
  ["traces", "--json"],
  ["traces", ID],
  ["traces", ID, "--json"],
  ["tail"],
  ["tail", "--json"],
  ["compare", "/"],
  ["compare", "/", "--json"],
];

/** A server that claims to be a collector, and answers as the test says. */
function startServer() {
  let answer: (path: string) => string = () => "";
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    const isStream = pathname === "/api/kit/events";
    return new Response(answer(isStream ? pathname : pathname.replace(/[0-9a-f]{32}$/, ":id")), {
      headers: {
        server: "otel-kit/1",
        "content-type": isStream ? "text/event-stream" : "application/json",
      },
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    set answer(give: (path: string) => string) {
      answer = give;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Runs a command, which must not throw and must describe a failure in one line. */
async function assertSane(url: string, command: readonly string[]): Promise<number> {
  const ran = await runHereUntil(new AbortController().signal, ...command, "--ui-url", url);
  if (ran.code === 0) return 0;
  assertEquals(ran.code, 1);
  const lines = ran.status.split("\n").filter((line) => !/^(Waiting for|More arrived)/.test(line));
  assertEquals(lines.length, 1, ran.status);
  assertMatch(lines[0]!, /^(Cannot |The collector at )/);
  return 1;
}

/** Replaces one part of a value. */
function damaged(value: unknown, place: number, other: unknown): unknown {
  const places: (() => void)[] = [];
  const root = { value: structuredClone(value) };
  const visit = (holder: Record<string, unknown>): void => {
    for (const key of Object.keys(holder)) {
      places.push(() => void (holder[key] = other));
      const inner = holder[key];
      if (inner && typeof inner === "object") visit(inner as Record<string, unknown>);
    }
  };
  visit(root);
  places[place % places.length]!();
  return root.value;
}

function textOf(path: string, value: unknown): string {
  if (path !== "/api/kit/events") return JSON.stringify(value);
  return Object.entries(value as Record<string, unknown>)
    .map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join("");
}

testWith(NEEDS, "commands accept complete answers", async () => {
  await using server = startServer();
  server.answer = (path) => textOf(path, ANSWERS[path]);
  for (const command of COMMANDS) {
    // The stream of `tail` ends, which it reports.
    const expected = command[0] === "tail" ? 1 : 0;
    assertEquals(await assertSane(server.url, command), expected, command.join(" "));
  }
});

testWith(NEEDS, "commands describe a problem with any answer in one line", async () => {
  await using server = startServer();
  const random = fc.oneof(fc.jsonValue(), fc.constantFrom("", "1e999", "-1", "x".repeat(1000)));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...COMMANDS),
      fc.constantFrom(...Object.keys(ANSWERS)),
      fc.nat(),
      random,
      fc.boolean(),
      async (command, broken, place, other, isAll) => {
        server.answer = (path) => {
          if (path !== broken) return textOf(path, ANSWERS[path]);
          return isAll && path !== "/api/kit/events"
            ? JSON.stringify(other)
            : textOf(path, damaged(ANSWERS[path], place, other));
        };
        await assertSane(server.url, command);
      },
    ),
    { numRuns: 300 },
  );
});

testWith(NEEDS, "commands report the place, the cause, and the next step", async () => {
  await using server = startServer();
  const shapes: [string, RegExp][] = [
    ["no JSON", /: it is not JSON\. /],
    ['{"traces":[{}]}', /: "traces\.0\.traceId": .*Expected "traceId".*\. /],
    [`{"traces":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, /Cannot read what/],
  ];
  for (const [text, reason] of shapes) {
    server.answer = () => text;
    const { code, status } = await runHereUntil(
      new AbortController().signal,
      "traces",
      "--ui-url",
      server.url,
    );
    assertEquals(code, 1);
    assertMatch(status, reason);
    assertMatch(status, /It may not be version .*or choose another address with --ui-url$/);
  }
});

testWith(NEEDS, "a trace with a long chain of spans is shown", async () => {
  await using server = startServer();
  const detail = structuredClone(ANSWERS["/api/kit/traces/:id"]) as ReturnType<typeof traceDetail>;
  const spans = detail.data.resourceSpans[0]!.scopeSpans[0]!.spans;
  for (let i = 1; i < 30_000; i++) {
    spans.push({ ...spans[0]!, spanId: String(i + 1), parentSpanId: String(i) });
  }
  server.answer = (path) => JSON.stringify(path.endsWith("/:id") ? detail : ANSWERS[path]);
  const { code, data } = await runHereUntil(
    new AbortController().signal,
    "traces",
    ID,
    "--ui-url",
    server.url,
  );
  assertEquals(code, 0);
  assert(data.split("\n").length > 30_000);
});

function traceDetail() {
  const value = {
    kvlistValue: { values: [{ key: "a", value: { arrayValue: { values: [{ intValue: "1" }] } } }] },
  };
  const attributes = [{ key: "service.name", value: { stringValue: "shop" } }, { key: "b", value }];
  const summary = {
    traceId: ID,
    startTimeUnixNano: "1700000000000000000",
    durationNanos: 1000,
    spanCount: 1,
    errorCount: 1,
    root: { spanId: "1", name: "GET /", serviceName: "shop", kind: 2 },
    hasRoot: true,
    services: [{ name: "shop", spanCount: 1, errorCount: 1 }],
  };
  const log = {
    sequence: 1,
    timeUnixNano: "1700000000000000000",
    severityNumber: 9,
    severityText: "INFO",
    body: value,
    eventName: "",
    attributes,
    serviceName: "shop",
  };
  const span = {
    traceId: ID,
    spanId: "1",
    parentSpanId: "",
    name: "GET /",
    startTimeUnixNano: "1700000000000000000",
    endTimeUnixNano: "1700000000000001000",
    status: { code: 2, message: "broken" },
    attributes,
    events: [{ name: "exception", timeUnixNano: "1700000000000000500", attributes }],
  };
  return {
    summary,
    hints: [{ id: "parent-missing", title: "t", advice: "a", evidence: { detail: "d" } }],
    logs: [log],
    data: { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }] },
  };
}

function answers(): Record<string, unknown> {
  const detail = traceDetail();
  const traces = [detail.summary];
  const nanos = { startTimeMinUnixNano: "1", startTimeMaxUnixNano: "2" };
  return {
    "/api/kit/traces": { traces, matched: 1, kept: 1 },
    "/api/kit/traces/:id": detail,
    "/api/kit/logs": { logs: detail.logs, kept: 1 },
    "/api/kit/metrics": [{ name: "requests", serviceNames: ["shop"] }],
    "/api/kit/compare": {
      modes: [{
        mode: "auto",
        summary: "s",
        url: "http://127.0.0.1:1",
        serviceName: "shop",
        file: "apps/base.ts",
        code: [],
        addedLines: 0,
      }],
      // The same URL also returns the results of sending a request.
      path: "/",
      sentAt: 1,
      answers: [{
        mode: "auto",
        status: 200,
        statusText: "OK",
        body: "hi",
        durationMillis: 1,
        ...nanos,
      }],
    },
    "/api/kit/events": { traces, logs: { count: 1, lastSequence: 2 }, resync: {} },
  };
}
