import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { MetricSummary } from "../../../lib/collector/model.ts";
import { evaluate, readCounters } from "../../../lib/workshop/conditions/evaluate.ts";
import type { CheckContext } from "../../../lib/workshop/conditions/outcome.ts";
import type { Check } from "../../../lib/workshop/course/check.ts";
import type { Condition } from "../../../lib/workshop/course/step.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { freePort } from "../../helpers/ports.ts";
import {
  contextOf,
  type FakeBackends,
  startFakeBackends,
  told,
  type ToldSpan,
} from "../../helpers/workshop_backends.ts";

const SERVER = 2;
const ERROR = 2;
const SHOP = "shop";

function condition(check: Check, fails: Condition["fails"] = {}): Condition {
  return { id: "c", says: "It is so", fails, check };
}

/** The state and reason of a check for the given spans, and its finding. */
async function judge(check: Partial<Check>, spans: ToldSpan[]) {
  await using fake = startFakeBackends();
  fake.spans.push(...spans);
  const whole = { kind: "trace", service: SHOP, ...check } as Check;
  const { state, reason, found, evidence } = await evaluate(
    condition(whole),
    contextOf(fake, { startedAt: Date.now() - 1000 }),
  );
  return { state, reason, found, evidence };
}

const EXCEPTION = {
  name: "exception",
  attributes: [{ key: "exception.type", value: { stringValue: "RangeError" } }],
};
const FAILED = told({
  service: SHOP,
  kind: SERVER,
  status: { code: ERROR },
  events: [{ name: "root_event" }, EXCEPTION],
  links: [{ traceId: "a".repeat(32), spanId: "b".repeat(16) }],
  with: { "http.route": "/error", "http.status_code": 500, "http.request.header.host": "x" },
});
const CHILD = told({
  service: SHOP,
  traceId: FAILED.traceId!,
  parentSpanId: FAILED.spanId!,
  name: "child",
});
const OF_STOCK = told({ service: "stock", traceId: FAILED.traceId!, parentSpanId: CHILD.spanId! });

const MET: [string, Partial<Check>][] = [
  ["name", { span: "root" }],
  ["root", { root: true }],
  ["no root", { span: "child", root: false }],
  ["kind", { spanKind: "server" }],
  ["status", { status: "error" }],
  ["event", { event: "root_event" }],
  ["exception", { exception: true }],
  ["the exception's type", { exception: "RangeError" }],
  ["attributes", { attributes: { "http.route": "*", "http.x|http.status_code": 500 } }],
  ["an attribute of an event", { event: "exception", eventAttributes: { "exception.type": "*" } }],
  ["its duration", { duration: { atLeast: 0, atMost: 60_000 } }],
  ["attributes of the resource", { resource: { "service.name": SHOP } }],
  ["links", { links: 1 }],
  ["headers", { headers: "captured" }],
  ["no headers", { span: "child", headers: "none" }],
  ["services in its trace", { together: ["stock"] }],
  ["a text in an attribute", { contains: "/err" }],
  ["a text in an event", { contains: "RangeE" }],
  ["Zipkin", { zipkin: true }],
];

for (const [what, check] of MET) {
  testWith(["net"], `a trace condition is met by ${what}, and shows the trace`, async () => {
    const { state, evidence, found } = await judge(check, [FAILED, CHILD, OF_STOCK]);
    assertEquals([state, evidence?.traceId, found], ["passed", FAILED.traceId, ""]);
  });
}

const NOT_MET: [string, Partial<Check>, ToldSpan[], RegExp][] = [
  ["no-service", { service: "nobody" }, [FAILED], /services in Jaeger: "shop"$/],
  [
    "no-trace",
    {},
    [told({ service: SHOP, startTimeUnixNano: "1" })],
    /no span since the step began/,
  ],
  ["no-span", { span: "x" }, [FAILED, CHILD], /spans since the step began: "(root|child)", "/],
  ["not-root", { root: true, span: "child" }, [FAILED, CHILD], /it has a parent in its service/],
  ["not-root", { root: false }, [FAILED], /it has no parent/],
  ["wrong-kind", { spanKind: "client" }, [FAILED], /its kind is SERVER/],
  ["wrong-status", { status: "error" }, [told({ service: SHOP })], /its status is UNSET/],
  ["no-event", { event: "x" }, [FAILED], /its events are "root_event", "exception"/],
  ["no-exception", { exception: true }, [CHILD], /its exceptions are none/],
  ["no-exception", { exception: "TypeError" }, [FAILED], /its exceptions are "RangeError"/],
  ["no-attribute", { attributes: { "a|b": "*" } }, [FAILED], /it has no attribute a or b/],
  ["no-attribute", { attributes: { "http.route": "/" } }, [FAILED], /its http.route is "\/error"/],
  ["no-resource", { resource: { "host.name": "*" } }, [FAILED], /its resource has no host.name/],
  [
    "no-resource",
    { resource: { "service.name": "x" } },
    [FAILED],
    /the service.name of its resource is "shop"/,
  ],
  ["no-link", { links: 2 }, [FAILED], /it has links to 1 other traces/],
  ["no-headers", { headers: "captured" }, [CHILD], /its headers are none/],
  ["headers", { headers: "none" }, [FAILED], /its headers are "http.request.header.host"/],
  ["not-together", { together: ["cart"] }, [FAILED, OF_STOCK], /its trace are "shop", "stock"/],
  ["not-a-child", { span: "child", childOf: "x" }, [FAILED, CHILD], /its parent is "root"/],
  ["not-a-child", { span: "root", childOf: "root" }, [FAILED], /it has no parent in its service/],
  [
    "not-a-child",
    { service: "stock", childOf: { span: "root", service: SHOP } },
    [FAILED, CHILD, OF_STOCK],
    /its parent is "child" from "shop"/,
  ],
  [
    "no-event-attribute",
    { event: "exception", eventAttributes: { "exception.type": "TypeError" } },
    [FAILED],
    /the attributes of its events are "exception: exception.type=RangeError"/,
  ],
  [
    "no-event-attribute",
    { event: "root_event", eventAttributes: { "exception.type": "*" } },
    [FAILED],
    /"root_event: none"/,
  ],
  ["wrong-duration", { duration: { atLeast: 3_600_000 } }, [FAILED], /it took \d/],
  ["no-text", { contains: "secret" }, [FAILED], /nothing in it contains "secret"/],
  ["too-few", { count: 2 }, [FAILED, CHILD], /in 1 trace, not in 2/],
];

for (const [reason, check, spans, found] of NOT_MET) {
  testWith(["net"], `a trace condition waits with ${reason}: ${found.source}`, async () => {
    const outcome = await judge(check, spans);
    assertEquals([outcome.state, outcome.reason], ["waiting", reason]);
    assertMatch(outcome.found, found);
  });
}

testWith(
  ["net"],
  "a trace condition is met by a child of a named span, or by several traces",
  async () => {
    const child = await judge({ span: "child", childOf: "root" }, [FAILED, CHILD]);
    assertEquals(child.evidence?.traceId, FAILED.traceId);
    const remote: Partial<Check> = {
      service: "stock",
      childOf: { span: "child", service: SHOP },
    };
    assertEquals((await judge(remote, [FAILED, CHILD, OF_STOCK])).state, "passed");
    assertEquals((await judge({ count: 2 }, [FAILED, told({ service: SHOP })])).state, "passed");
  },
);

testWith(["net"], "a trace condition describes the span that comes closest", async () => {
  const { reason, found } = await judge({ span: "root", status: "error", event: "root_event" }, [
    told({ service: SHOP, name: "other", status: { code: ERROR } }),
    told({ service: SHOP, status: { code: ERROR } }),
    told({ service: SHOP }),
  ]);
  assertEquals(reason, "no-event");
  assertStringIncludes(found, 'span "root" arrived (trace ');
});

testWith(["net"], "a trace condition is not met by telemetry older than the step", async () => {
  await using fake = startFakeBackends();
  fake.spans.push(told({ service: SHOP }));
  const later = contextOf(fake, { startedAt: Date.now() + 1000 });
  const { reason } = await evaluate(condition({ kind: "trace", service: SHOP }), later);
  assertEquals(reason, "no-trace");
});

testWith(["net"], "a span from a remote caller is still a root of its service", async () => {
  const remote = told({ service: SHOP, parentSpanId: "f".repeat(16) });
  assertEquals((await judge({ root: true }, [remote])).state, "passed");
});

testWith(["net"], "a condition returns the course's text for its reason", async () => {
  await using fake = startFakeBackends();
  const check: Check = { kind: "trace", service: SHOP };
  const outcome = await evaluate(condition(check, { "no-service": "Start it" }), contextOf(fake));
  assertEquals(outcome.advice, "Start it");
});

testWith(["net"], "received names cannot put escape codes into findings", async () => {
  const { found } = await judge({ service: "x" }, [told({ service: "\x1b[31mred\u202e" })]);
  assert(!/[\p{Cc}\p{Cf}]/u.test(found), found);
});

testWith(["net"], "every kind that queries a server reports what doesn't respond", async () => {
  const gone = startFakeBackends();
  await gone[Symbol.asyncDispose]();
  const checks: [Check, RegExp][] = [
    [{ kind: "http", path: "/", status: 200 }, /^the app doesn't respond at http:\S+: connection/],
    [{ kind: "trace", service: SHOP }, /^Jaeger doesn't respond at .*: connection refused$/],
    [{ kind: "metric", name: "up" }, /^Prometheus doesn't respond/],
    [{ kind: "log", service: SHOP }, /^The collector doesn't respond/],
    [{ kind: "collector", health: true }, /^The Collector doesn't respond/],
  ];
  for (const [check, found] of checks) {
    const outcome = await evaluate(condition(check), contextOf(gone));
    assertEquals([outcome.state, outcome.reason], ["waiting", "unreachable"], check.kind);
    assertMatch(outcome.found, found);
  }
});

testWith(
  ["net"],
  "an http condition sends its own trace ID, and checks status and body",
  async () => {
    const parents: (string | null)[] = [];
    await using app = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) => {
        parents.push(request.headers.get("traceparent"));
        return new Response("Hello, World!\n", { status: 200 });
      },
    );
    await using fake = startFakeBackends();
    const context = contextOf(fake, { appUrl: `http://127.0.0.1:${app.addr.port}` });
    const look = (given: object) =>
      evaluate(condition({ kind: "http", path: "/", status: 200, ...given } as Check), context);
    const passed = await look({ body: "World" });
    assertEquals([passed.state, passed.evidence?.status], ["passed", 200]);
    assertEquals((await look({ status: 500 })).found, "the app answered / with 200, not with 500");
    assertEquals((await look({ body: "Moon" })).reason, "wrong-body");
    assertMatch(parents[0] ?? "", /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    assertEquals(new Set(parents).size, 3);
  },
);

testWith(
  ["net"],
  "a metric condition accepts a name with and without _total, by service and labels",
  async () => {
    await using fake = startFakeBackends();
    const name = "requests";
    fake.series.push(
      {
        metric: { __name__: `${name}_total`, exported_job: SHOP, job: "otel", route: "/" },
        value: 2,
      },
      {
        metric: { __name__: `${name}_total`, exported_job: SHOP, job: "otel", route: "/e" },
        value: 3,
      },
      { metric: { __name__: "load", service_name: SHOP }, value: 1 },
    );
    const look = (given: object) =>
      evaluate(condition({ kind: "metric", name, ...given } as Check), contextOf(fake));
    assertStringIncludes((await look({ service: SHOP })).evidence?.text ?? "", "requests is 5");
    assertEquals((await look({ name: `${name}_total`, labels: { route: "/" } })).state, "passed");
    assertEquals(
      (await look({ name: "load", service: SHOP, labels: { job: "*" } })).reason,
      "no-series",
    );
    fake.metrics.push(sketchMetric("load"), sketchMetric("requests", { type: "sum" }));
    assertEquals((await look({ service: SHOP })).evidence?.metric, "requests");
    assertEquals((await look({ name: "none" })).reason, "no-metric");
    assertEquals((await look({ service: "cart" })).reason, "no-series");
    assertEquals((await look({ atLeast: 6 })).found, "requests is 5; at least 6 required");
  },
);

testWith(
  ["net"],
  "a growing metric counts from the step's beginning, even after a restart",
  async () => {
    await using fake = startFakeBackends();
    const grew: Condition[] = [
      condition({ kind: "metric", name: "requests", grew: true }),
      condition({ kind: "collector", accepted: "spans", grew: true }),
    ];
    const setTo = (value: number) => {
      fake.series = [{ metric: { __name__: "requests" }, value }];
      fake.ownMetrics = { otelcol_receiver_accepted_spans_total: value };
    };
    const series = ["requests{}", "otelcol_receiver_accepted_spans"];
    for (const [i, one] of grew.entries()) {
      setTo(5);
      const readings = await readCounters([one], contextOf(fake));
      assertEquals(readings, { "(own)": { spans: 0 }, c: { [series[i]!]: 5 } });
      const reasonWith = async (context: CheckContext) => (await evaluate(one, context)).reason;
      assertEquals(await reasonWith(contextOf(fake, { readings })), "not-grown");
      setTo(6);
      assertEquals(await reasonWith(contextOf(fake, { readings })), undefined);
      setTo(2);
      assertEquals(await reasonWith(contextOf(fake, { readings })), undefined, "started anew");
      const late = contextOf(fake);
      assertEquals(await reasonWith(late), "not-grown", "could not be read when the step began");
      setTo(3);
      assertEquals(await reasonWith(late), undefined);
    }
  },
);

testWith(
  ["net"],
  "a growing metric is checked series by series, because instances come and go",
  async () => {
    await using fake = startFakeBackends();
    const one = condition({ kind: "metric", name: "requests", grew: true });
    const setTo = (values: Record<string, number>) =>
      fake.series = Object.entries(values).map(([instance, value]) => ({
        metric: { __name__: "requests", instance },
        value,
      }));
    setTo({ a: 1, b: 3 });
    const readings = await readCounters([one], contextOf(fake));
    const look = () => evaluate(one, contextOf(fake, { readings }));
    setTo({ b: 3 });
    assertEquals((await look()).reason, "not-grown", "one that is gone makes no growth");
    setTo({ b: 3, c: 1 });
    assertEquals((await look()).evidence?.text, "requests grew from 3 to 4", "a new one");
    setTo({ a: 1, b: 4 });
    assertEquals((await look()).evidence?.text, "requests grew from 4 to 5");
    setTo({ a: 1, b: 3, c: NaN });
    assertEquals((await look()).reason, "not-grown");
  },
);

testWith(["net"], "a counter that cannot be read when the step begins has no reading", async () => {
  const gone = startFakeBackends();
  await gone[Symbol.asyncDispose]();
  const grew = condition({ kind: "collector", accepted: "spans", grew: true });
  assertEquals(await readCounters([grew], contextOf(gone)), { "(own)": { spans: 0 } });
});

testWith(
  ["net"],
  "a log condition checks body and trace, and reports where there are no logs",
  async () => {
    await using fake = startFakeBackends();
    const look = (given: object, context = contextOf(fake, { startedAt: Date.now() - 1000 })) =>
      evaluate(condition({ kind: "log", service: SHOP, ...given } as Check), context);
    assertEquals((await look({})).reason, "no-log");
    addLog(fake, "Division by zero", "");
    assertEquals((await look({ body: "zero" })).state, "passed");
    assertEquals((await look({ body: "one" })).reason, "wrong-body");
    assertEquals((await look({ correlated: true })).reason, "not-correlated");
    addLog(fake, "Division by zero", "a".repeat(32));
    assertEquals((await look({ correlated: true })).evidence?.traceId, "a".repeat(32));
    const { kitUrl: _, ...backends } = fake.backends;
    assertEquals((await look({}, contextOf({ backends }))).reason, "no-logs-here");
  },
);

testWith(["net"], "port, file, and quiz conditions report what is there instead", async () => {
  await using fake = startFakeBackends();
  const port = Number(new URL(fake.backends.jaegerUrl).port);
  const look = (check: Check, given: Partial<CheckContext> = {}) =>
    evaluate(condition(check), contextOf(fake, given));
  assertEquals((await look({ kind: "port", port, is: "open" })).state, "passed");
  assertStringIncludes(
    (await look({ kind: "port", port, is: "free" })).found,
    `${port} is in use by`,
  );
  const free = freePort();
  assertEquals((await look({ kind: "port", port: free, is: "free" })).state, "passed");
  assertEquals((await look({ kind: "port", port: free, is: "open" })).reason, "not-open");
  const quiz: Check = { kind: "quiz", questions: ["a", "b"], correct: 2 };
  assertEquals((await look(quiz, { answers: { a: true } })).reason, "unanswered");
  assertEquals((await look(quiz, { answers: { a: true, b: false } })).reason, "too-few");
  assertEquals((await look(quiz, { answers: { a: true, b: true } })).state, "passed");
});

testWith(["net", "read", "write"], "a file condition reads the learner's folder", async () => {
  await using fake = startFakeBackends();
  await withFolder(async (folder) => {
    const file = condition({ kind: "file", path: "base.ts", exists: true });
    assertEquals((await evaluate(file, contextOf(fake, { folder }))).reason, "missing");
    await Deno.writeTextFile(`${folder}/base.ts`, "1");
    assertEquals((await evaluate(file, contextOf(fake, { folder }))).state, "passed");
  });
});

function addLog({ logs }: FakeBackends, body: string, traceId: string): void {
  logs.push({
    sequence: logs.length,
    timeUnixNano: `${Date.now()}000000`,
    severityNumber: 17,
    severityText: "ERROR",
    body: { stringValue: body },
    eventName: "",
    attributes: [],
    traceId,
    spanId: "",
    serviceName: SHOP,
    scopeName: "",
    scopeVersion: "",
    scopeAttributes: [],
    resource: [],
  });
}

function sketchMetric(name: string, given: Partial<MetricSummary> = {}): MetricSummary {
  return {
    name,
    description: "",
    unit: "",
    type: "gauge",
    aggregationTemporality: 2,
    isMonotonic: true,
    kinds: [],
    conflicts: [],
    overlaps: [],
    serviceNames: [SHOP],
    seriesCount: 1,
    lastTimeUnixNano: "0",
    ...given,
  };
}
