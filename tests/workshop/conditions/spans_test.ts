import { assertEquals, assertMatch } from "@std/assert";
import { embeddedBackends, EXTERNAL_BACKENDS } from "../../../lib/workshop/backends/backends.ts";
import { evaluate } from "../../../lib/workshop/conditions/evaluate.ts";
import type { CheckContext } from "../../../lib/workshop/conditions/outcome.ts";
import { parseExpectations } from "../../../lib/workshop/course/expectations.ts";
import { FAILED_AT, recordShop, SLOW_TRACE } from "../../helpers/recorded_shop.ts";
import { startQueryCollector } from "../../helpers/query_collector.ts";
import { testWith } from "../../helpers/needs.ts";

function contextOf(url: string, startedAt = 0): CheckContext {
  return {
    backends: embeddedBackends({ httpUrl: url, grpcUrl: url, uiUrl: url }),
    appUrl: "",
    folder: ".",
    hasFolder: false,
    startedAt,
    readings: {},
    own: { addSpan: () => Promise.resolve(), countSpans: () => Promise.resolve(0) },
    seen: [],
    answers: {},
    memory: new Map(),
  };
}

/** The finding of one condition, written as in a file. */
async function find(written: string, context: CheckContext) {
  const [condition] = parseExpectations("test.yaml", `expect: [{ says: it holds, ${written} }]`);
  const { state, reason, found, evidence } = await evaluate(condition!, context);
  return { state, reason, text: evidence?.text ?? found, traceId: evidence?.traceId };
}

testWith(["net"], "spans and hints judge what a real collector stores", async () => {
  await using collector = await startQueryCollector();
  await recordShop(collector.store);
  const context = contextOf(collector.url);
  const cases: [written: string, state: string, text: RegExp][] = [
    [
      "spans: { query: db.system.name exists, perTrace: true, atMost: 40 }",
      "passed",
      /at most 40 in/,
    ],
    [
      "spans: { query: db.system.name exists, perTrace: true, atMost: 10 }",
      "failed",
      /has 40, at most 10/,
    ],
    [
      "spans: { query: db.system.name exists, atMost: 39 }",
      "failed",
      /^40 match, such as in trace/,
    ],
    [
      "spans: { query: 'kind:server', perTrace: true, atLeast: 1 }",
      "passed",
      /in each of 3 traces/,
    ],
    ["spans: { query: 'kind:client', perTrace: true, atLeast: 1 }", "waiting", /has 0, expected 1/],
    ["spans: { query: 'status:error kind:server', atMost: 0 }", "failed", /^2 match/],
    [
      "spans: { query: 'not status:error', inTraces: 'service:payment', atMost: 0 }",
      "passed",
      /^0 spans/,
    ],
    ["spans: { query: 'name:nothing', atLeast: 1 }", "waiting", /^0 match, expected 1/],
    ["hints: {}", "waiting", /has the hint repeated-calls/],
    [
      "hints: { allowed: [repeated-calls, error-without-exception] }",
      "passed",
      /no hint in 3 traces/,
    ],
    [
      "hints: { inTraces: 'service:payment', allowed: [error-without-exception] }",
      "passed",
      /in 1 trace$/,
    ],
    ["trace: { service: payment, span: POST /charge, exception: CardError }", "passed", /arrived/],
  ];
  for (const [written, state, text] of cases) {
    const found = await find(written, context);
    assertEquals(found.state, state, `${written}: ${found.text}`);
    assertMatch(found.text, text, written);
  }
  const most = await find("spans: { query: db.system.name exists, perTrace: true }", context);
  assertEquals(most.traceId, SLOW_TRACE);
  // Nothing is as new as that.
  const late = contextOf(collector.url, FAILED_AT + 60_000);
  assertMatch((await find("spans: { query: '*', atMost: 0 }", late)).text, /^0 spans match/);
});

testWith(["net"], "spans and hints need the kit's own collector", async () => {
  const context = { ...contextOf("http://127.0.0.1:1"), backends: EXTERNAL_BACKENDS };
  assertEquals((await find("hints: {}", context)).reason, "no-kit");
  assertEquals((await find("spans: { query: a exists }", context)).reason, "no-kit");
});
