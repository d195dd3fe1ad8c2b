import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Fault } from "../../../lib/workshop/fault/fault.ts";
import { solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { CALLS, spanOf } from "../../../lib/workshop/fault/routes.ts";
import { findFault } from "../../helpers/detective.ts";
import { PHASES, runShop, type ShopSpan } from "../../helpers/fault_shop.ts";
import { testWith } from "../../helpers/needs.ts";

/** A customer's trace: a server span for each of 7 routes, and a client span for each of 6 calls. */
const SPANS_PER_CUSTOMER = 13;
const CUSTOMERS = 2;

/** Every fault within the shop, in every possible place. */
const FAULTS: Fault[] = CALLS.flatMap((call): Fault[] => [
  { kind: "slow-route", call, every: 2, delayMillis: 400 },
  { kind: "failing-dependency", call, every: 2 },
  { kind: "lost-context", call },
]);

for (const fault of FAULTS) {
  if (fault.kind === "blocked-collector") continue;
  const { from, to } = fault.call;
  const where = `${from.service} asks for "${spanOf(to)}"`;
  testWith(
    ["net", "env", "read"],
    `openShop() has a ${fault.kind} where ${where} that telemetry alone shows`,
    async () => {
      const { spans, answers } = await runShop(fault, CUSTOMERS);
      assertEquals(findFault(spans.during), { ...solutionOf(fault) });
      for (const phase of ["before", "after"] as const) {
        assertEquals(spans[phase].length, CUSTOMERS * SPANS_PER_CUSTOMER);
        assertEquals(findFault(spans[phase]), undefined, phase);
      }
      const statuses = PHASES.flatMap((phase) => answers[phase].map(({ status }) => status));
      assertEquals(statuses, Array(PHASES.length * CUSTOMERS).fill(200));
    },
  );
}

testWith(
  ["net", "env", "read"],
  "openShop() has each service in a customer's trace, and one fault in every few",
  async () => {
    const call = CALLS.find(({ to }) => to.service === "ShopStock")!;
    const { spans, answers } = await runShop({ kind: "failing-dependency", call, every: 3 }, 6);
    const services = new Set(spans.before.map(({ service }) => service));
    assertEquals([...services].sort(), ["ShopCatalog", "ShopDelivery", "ShopFront", "ShopStock"]);
    const failed = (span: ShopSpan) => span.kind === 2 && span.status === 2;
    assertEquals(spans.during.filter(failed).length, 2);
    // The customer still gets an answer, but a part is missing.
    const isPartial = ({ text }: { text: string }) => text.includes("(ask us)");
    assertEquals(answers.during.map(isPartial), [false, false, true, false, false, true]);
    assert(!answers.before.some(isPartial) && !answers.after.some(isPartial));
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
    assertStringIncludes(messages[0]!, "the server answered 503");
    assertStringIncludes(messages[1]!, "again");
    assertStringIncludes(summary, "Sent 52 of 78 spans");
  },
);
