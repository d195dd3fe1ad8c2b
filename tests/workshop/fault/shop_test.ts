import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Fault } from "../../../lib/workshop/fault/fault.ts";
import { judge, solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { CALLS, ROUTES, SERVICE_NAMES, spanOf } from "../../../lib/workshop/fault/routes.ts";
import { findFault } from "../../helpers/detective.ts";
import { PHASES, runShop, type ShopSpan } from "../../helpers/fault_shop.ts";
import { testWith } from "../../helpers/needs.ts";

/** A customer's trace: a server span for each of 7 routes, and a client span for each of 6 calls. */
const SPANS_PER_CUSTOMER = 13;
const CUSTOMERS = 2;
/** Enough to fill a cache. */
const MANY_CUSTOMERS = 6;

/** Every fault within the shop, in every possible place. */
const FAULTS: Fault[] = [
  ...CALLS.flatMap((call): Fault[] => [
    { kind: "slow-route", call, every: 2, delayMillis: 400 },
    { kind: "failing-dependency", call, every: 2 },
    { kind: "lost-context", call },
    { kind: "retry-storm", call, every: 2, failures: 4 },
    { kind: "repeated-calls", call, most: 3 },
  ]),
  ...ROUTES.flatMap((route): Fault[] => [
    { kind: "memory-growth", route, every: 2 },
    { kind: "cardinality", route },
  ]),
  ...SERVICE_NAMES.map((service): Fault => ({ kind: "clock-skew", service, skewMillis: -4000 })),
  ...SERVICE_NAMES.slice(1).map((service): Fault => ({
    kind: "wrong-sampling",
    service,
    every: 2,
  })),
];

for (const fault of FAULTS) {
  const { kind, service, span } = solutionOf(fault);
  testWith(
    ["net", "env", "read"],
    `openShop() has a ${kind} in ${service} ${span ?? ""} that telemetry alone shows, and proves`,
    async () => {
      const customers = kind === "memory-growth" ? MANY_CUSTOMERS : CUSTOMERS;
      const { spans, visitSeries, answers, evidence } = await runShop(fault, customers);
      const found = findFault({ spans: spans.during, visitSeries });
      const { span: _, ...ofService } = found ?? {};
      assertEquals(span === undefined ? ofService : found, solutionOf(fault));
      for (const phase of ["before", "after"] as const) {
        // What was kept stays.
        if (kind === "memory-growth" && phase === "after") continue;
        assertEquals(spans[phase].length, customers * SPANS_PER_CUSTOMER);
        assertEquals(findFault({ spans: spans[phase] }), undefined, phase);
      }
      // No customer notices anything, and so no answer tells where it is.
      const all = PHASES.flatMap((phase) => answers[phase]);
      assertEquals(new Set(all.map(({ status }) => status)), new Set([200]));
      assertEquals(new Set(all.map(({ text }) => text)).size, 1);

      const provesIt = (trace: string) =>
        judge({ ...solutionOf(fault), trace }, fault, evidence).outcome === "right";
      assert(spans.during.some(({ traceId }) => provesIt(traceId)), "no trace proves it");
      assert(!spans.before.some(({ traceId }) => provesIt(traceId)), "a healthy trace proves it");
    },
  );
}

testWith(
  ["net", "env", "read"],
  "openShop() has each service in a customer's trace, and one fault in every few",
  async () => {
    const call = CALLS.find(({ to }) => to.service === "ShopStock")!;
    const fault: Fault = { kind: "failing-dependency", call, every: 3 };
    const { spans, evidence } = await runShop(fault, 6);
    const services = new Set(spans.before.map(({ service }) => service));
    assertEquals([...services].sort(), ["ShopCatalog", "ShopDelivery", "ShopFront", "ShopStock"]);
    const failed = spans.during.filter(({ kind, status }: ShopSpan) => kind === 2 && status === 2);
    assertEquals(failed.map(({ name }) => name), [spanOf(call.to), spanOf(call.to)]);
    // The other four traces prove nothing.
    const proving = new Set(
      spans.during.map(({ traceId }) => traceId).filter((traceId) => evidence.has(traceId)),
    );
    assertEquals(proving, new Set(failed.map(({ traceId }) => traceId)));
  },
);

testWith(
  ["net", "env", "read"],
  "a blocked Collector gets nothing, while the shop is healthy and its exporter complains",
  async () => {
    const fault: Fault = { kind: "blocked-collector", blockade: "refusing" };
    const { spans, answers, messages, summary } = await runShop(fault, CUSTOMERS);
    assertEquals(answers.during.map(({ status }) => status), [200, 200]);
    assertEquals(spans.during, []);
    for (const phase of ["before", "after"] as const) {
      assertEquals(spans[phase].length, CUSTOMERS * SPANS_PER_CUSTOMER);
    }
    assertMatch(messages.join("\n"), /Cannot send spans .*: the server answered 503[^]*again/);
    assertStringIncludes(summary, "Sent 52 of 78 spans");
  },
);
