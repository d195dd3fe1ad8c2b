import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Activity } from "../../../lib/workshop/fault/activity.ts";
import { explain } from "../../../lib/workshop/fault/explain.ts";
import {
  chooseFault,
  type Fault,
  FAULT_KIND_NAMES,
  MAX_SEED,
} from "../../../lib/workshop/fault/fault.ts";
import { judge, solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { CALLS, ROUTES, SERVICE_NAMES, spanOf } from "../../../lib/workshop/fault/routes.ts";

const CALL = CALLS.find(({ from }) => from.service === "ShopDelivery")!;
const CALLER = { service: "ShopDelivery", span: "GET /delivery/:product" };
const CALLED = { service: "ShopStock", span: "GET /warehouses/:city" };
const SLOW: Fault = { kind: "slow-route", call: CALL, every: 2, delayMillis: 400 };
const LOST: Fault = { kind: "lost-context", call: CALL };
const BLOCKED: Fault = { kind: "blocked-collector", blockade: "silent" };

const anyFault = fc.record({
  seed: fc.nat({ max: MAX_SEED }),
  kind: fc.option(fc.constantFrom(...FAULT_KIND_NAMES), { nil: undefined }),
}).map(({ seed, kind }) => chooseFault(seed, kind));

Deno.test("chooseFault() returns the same fault for a seed, and every fault for some seed", () => {
  const seeds = Array.from({ length: MAX_SEED + 1 }, (_, seed) => seed);
  const faults = seeds.map((seed) => JSON.stringify(chooseFault(seed)));
  assertEquals(seeds.map((seed) => JSON.stringify(chooseFault(seed))), faults);
  // 6 calls: slow in 3 x 3 ways, failing in 3, lost; and 2 ways to block.
  assertEquals(new Set(faults).size, 6 * 9 + 6 * 3 + 6 + 2);
  for (const kind of FAULT_KIND_NAMES) {
    assert(seeds.slice(0, 100).every((seed) => chooseFault(seed, kind).kind === kind));
  }
});

Deno.test("judge() accepts only the complete answer", () => {
  fc.assert(fc.property(anyFault, (fault) => {
    const solution = solutionOf(fault);
    assertEquals(judge(solution, fault).outcome, "right");
    if (fault.kind !== "blocked-collector") {
      const { service, span } = solution;
      assertEquals(judge({ service, span }, fault).outcome, "right");
      assertEquals(judge({ service }, fault).outcome, "incomplete");
      assertEquals(judge({ kind: fault.kind }, fault).outcome, "incomplete");
    }
    for (const kind of FAULT_KIND_NAMES.filter((kind) => kind !== fault.kind)) {
      assertEquals(judge({ ...solution, kind }, fault).outcome, "wrong");
    }
    for (const service of SERVICE_NAMES.filter((service) => service !== solution.service)) {
      assertEquals(judge({ ...solution, service }, fault).outcome, "wrong");
    }
    for (const span of ROUTES.map(spanOf).filter((span) => span !== solution.span)) {
      assertEquals(judge({ ...solution, span }, fault).outcome, "wrong");
    }
  }));
});

Deno.test("judge() reports which half is right, and what is missing", () => {
  assertEquals(judge({ service: "shopstock ", span: "GET /stock/:product" }, SLOW).says, [
    'service "shopstock ": right',
    'span "GET /stock/:product": no',
  ]);
  assertEquals(judge({ kind: "slow-route" }, SLOW).says, [
    'kind "slow-route": right',
    "Half of it is right. Now add --service and --span",
  ]);
  assertEquals(judge({ service: "Shop" }, SLOW).says, [
    'service "Shop": unknown; expected ShopFront, ShopCatalog, ShopStock, ShopDelivery',
  ]);
});

Deno.test("judge() gives a hint to learners who look at the other end of the call", () => {
  assertStringIncludes(judge(CALLER, SLOW).says.at(-1)!, "it waits");
  assertStringIncludes(judge(CALLED, LOST).says.at(-1)!, "second trace begins");
  assertEquals(judge(CALLER, LOST).outcome, "right");
  assertEquals(judge(CALLED, SLOW).outcome, "right");
  assertEquals(judge(CALLED, BLOCKED).says.length, 2);
});

Deno.test("explain() describes the fault, its place, its symptoms, and the fix", () => {
  fc.assert(fc.property(anyFault, (fault) => {
    const [what, shown, mended] = explain(fault);
    const { kind, service = "", span = "" } = solutionOf(fault);
    for (const part of [kind!, service, span]) assertStringIncludes(what!, part);
    assert(shown!.startsWith("How to recognize it: ") && mended!.startsWith("How to fix it: "));
  }));
});

Deno.test("Activity affects one request in every few, only within its window", () => {
  let now = 100;
  const activity = new Activity({ afterMillis: 10, forMillis: 20 }, () => now);
  const strikes = () => [1, 2, 3, 4].map(() => activity.strikes(2));
  assertEquals(strikes(), [false, false, false, false]);
  now = 110;
  assertEquals(strikes(), [false, true, false, true]);
  now = 129;
  assertEquals(strikes(), [false, true, false, true]);
  now = 130;
  assertEquals([activity.isOn, ...strikes()], [false, false, false, false, false]);
});
