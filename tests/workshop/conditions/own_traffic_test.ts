import { assertEquals, assertMatch } from "@std/assert";
import { sendCanary } from "../../../lib/workshop/backends/canary.ts";
import { CANARY_SERVICE, ownRequest } from "../../../lib/workshop/backends/own_traffic.ts";
import { evaluate, readCounters } from "../../../lib/workshop/conditions/evaluate.ts";
import type { Check } from "../../../lib/workshop/course/check.ts";
import { testWith } from "../../helpers/needs.ts";
import {
  contextOf,
  type FakeBackends,
  startFakeBackends,
  told,
} from "../../helpers/workshop_backends.ts";

const COUNTER = "otelcol_receiver_accepted_spans";
const SERVER = 2;

/** Conditions about a counter that the guide's own test spans move. */
const COUNTED: [string, Check][] = [
  ["the Collector", { kind: "collector", accepted: "spans", grew: true }],
  ["Prometheus", { kind: "metric", name: COUNTER, grew: true }],
];

function accept(fake: FakeBackends, spans: number): void {
  fake.ownMetrics[COUNTER] = (fake.ownMetrics[COUNTER] ?? 0) + spans;
  fake.series = [{ metric: { __name__: COUNTER }, value: fake.ownMetrics[COUNTER] }];
}

for (const [what, check] of COUNTED) {
  testWith(["net"], `the guide's test spans don't count as growth in ${what}`, async () => {
    await using fake = startFakeBackends();
    const condition = { id: "took", says: "It took spans", fails: {}, check };
    accept(fake, 5);
    const context = contextOf(fake);
    Object.assign(context.readings, await readCounters([condition], context));

    // The ladder of the first check sends a test span; the second check sees the counter move.
    await sendCanary(context);
    accept(fake, 1);
    const second = await evaluate(condition, context);
    assertEquals([second.state, second.reason], ["waiting", "not-grown"]);
    assertMatch(second.found, /besides the guide's 1 test span$/);

    accept(fake, 2);
    const third = await evaluate(condition, context);
    assertEquals(third.state, "passed");
    assertMatch(third.evidence!.text, /5 to 8, besides the guide's 1 test span/);
  });
}

testWith(["net"], "a test span has the guide's own service and scope", async () => {
  await using fake = startFakeBackends();
  await sendCanary(contextOf(fake));
  assertEquals(fake.spans.map(({ service, scope }) => [service, scope]), [[
    CANARY_SERVICE,
    "otel-kit guide",
  ]]);
});

const OWN: [string, Parameters<typeof told>[0]][] = [
  ["its trace ID", { service: "shop", kind: SERVER, traceId: ownRequest().traceId }],
  ["its user agent", {
    service: "shop",
    kind: SERVER,
    with: { "user_agent.original": ownRequest().headers["user-agent"]! },
  }],
];

for (const [what, span] of OWN) {
  testWith(["net"], `spans of the guide's requests, known by ${what}, don't count`, async () => {
    await using fake = startFakeBackends();
    fake.spans.push(told(span));
    const check: Check = { kind: "trace", service: "shop", spanKind: "server" };
    const condition = { id: "arrives", says: "It arrives", fails: {}, check };
    const outcome = await evaluate(condition, contextOf(fake, { startedAt: Date.now() - 1000 }));
    assertEquals([outcome.state, outcome.reason], ["waiting", "no-trace"]);
    assertMatch(outcome.found, /only spans of the guide's own requests/);
  });
}
