import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Activity } from "../../../lib/workshop/fault/activity.ts";
import { Evidence } from "../../../lib/workshop/fault/evidence.ts";
import { explain } from "../../../lib/workshop/fault/explain.ts";
import {
  chooseFault,
  type Fault,
  FAULT_KIND_NAMES,
  MAX_SEED,
  seedOf,
} from "../../../lib/workshop/fault/fault.ts";
import { type Answer, judge, solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { CALLS, ROUTES, SERVICE_NAMES, spanOf } from "../../../lib/workshop/fault/routes.ts";

const CALL = CALLS.find(({ from }) => from.service === "ShopDelivery")!;
const CALLER = { service: "ShopDelivery", span: "GET /delivery/:product" };
const CALLED = { service: "ShopStock", span: "GET /warehouses/:city" };
const SLOW: Fault = { kind: "slow-route", call: CALL, every: 2, delayMillis: 400 };
const LOST: Fault = { kind: "lost-context", call: CALL };
const STORM: Fault = { kind: "retry-storm", call: CALL, every: 2, failures: 4 };
const REPEATED: Fault = { kind: "repeated-calls", call: CALL, most: 8 };
const BLOCKED: Fault = { kind: "blocked-collector", blockade: "silent" };

const TRACE = "1".repeat(32);
const EVIDENCE = new Evidence();
EVIDENCE.add(TRACE);

const anyFault = fc.record({
  seed: fc.nat({ max: MAX_SEED }),
  kind: fc.option(fc.constantFrom(...FAULT_KIND_NAMES), { nil: undefined }),
}).map(({ seed, kind }) => chooseFault(seed, kind));

Deno.test("chooseFault() returns the same fault for a seed, and every fault for some seed", () => {
  const seeds = Array.from({ length: MAX_SEED + 1 }, (_, seed) => seed);
  const faults = seeds.map((seed) => JSON.stringify(chooseFault(seed)));
  assertEquals(seeds.map((seed) => JSON.stringify(chooseFault(seed))), faults);
  // 6 calls: slow in 3 x 3 ways, failing in 3, lost, retried in 3 x 3, repeated in 3; 7 routes: memory in 3 ways,
  // cardinality; 3 services sampled in 3 ways, 4 skewed in 3; and 2 ways to block.
  const inCalls = 6 * 9 + 6 * 3 + 6 + 6 * 9 + 6 * 3;
  assertEquals(new Set(faults).size, inCalls + 7 * 3 + 7 + 3 * 3 + 4 * 3 + 2);
  for (const kind of FAULT_KIND_NAMES) {
    assert(seeds.slice(0, 100).every((seed) => chooseFault(seed, kind).kind === kind));
  }
  const counts = Map.groupBy(seeds.map((seed) => chooseFault(seed).kind), (kind) => kind);
  const sizes = [...counts.values()].map(({ length }) => length);
  assert(Math.max(...sizes) - Math.min(...sizes) <= 1, "each kind is as frequent as the others");
});

Deno.test("seedOf() returns any seed of a kind", () => {
  fc.assert(fc.property(
    fc.constantFrom(...FAULT_KIND_NAMES),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    (kind, random) => {
      const seed = seedOf(kind, random);
      assert(seed >= 0 && seed <= MAX_SEED);
      assertEquals(chooseFault(seed).kind, kind);
    },
  ));
});

Deno.test("judge() accepts only the complete answer", () => {
  fc.assert(fc.property(anyFault, (fault) => {
    const solution = { ...solutionOf(fault), trace: TRACE };
    const outcomeOf = (answer: Answer) => judge(answer, fault, EVIDENCE).outcome;
    assertEquals(outcomeOf(solution), "right");
    const needed: (keyof Answer)[] = fault.kind === "blocked-collector"
      ? ["kind"]
      : [solution.span === undefined ? "kind" : "span", "service", "trace"];
    const least = Object.fromEntries(needed.map((part) => [part, solution[part]]));
    assertEquals(outcomeOf(least), "right");
    for (const part of needed) {
      const { [part]: _, ...rest } = least;
      assertEquals(outcomeOf(rest), "incomplete", part);
    }
    for (const kind of FAULT_KIND_NAMES.filter((kind) => kind !== fault.kind)) {
      assertEquals(outcomeOf({ ...solution, kind }), "wrong");
    }
    for (const service of SERVICE_NAMES.filter((service) => service !== solution.service)) {
      assertEquals(outcomeOf({ ...solution, service }), "wrong");
    }
    for (const span of ROUTES.map(spanOf).filter((span) => span !== solution.span)) {
      // A fault of a whole service is in none of its spans more than in the others.
      const wanted = "service" in fault ? "right" : "wrong";
      assertEquals(outcomeOf({ ...solution, span }), wanted);
    }
    if (fault.kind === "blocked-collector") return;
    for (const trace of ["2".repeat(32), TRACE.slice(0, 7), ""]) {
      assertEquals(outcomeOf({ ...solution, trace }), "wrong");
    }
  }));
});

Deno.test("judge() reports which part is right, and what is missing", () => {
  const saysOf = (answer: Answer) => judge(answer, SLOW, EVIDENCE).says;
  assertEquals(saysOf({ service: "shopstock ", span: "GET /stock/:product" }), [
    'service "shopstock ": right',
    'span "GET /stock/:product": no',
  ]);
  assertEquals(saysOf({ kind: "slow-route" }), [
    'kind "slow-route": right',
    "A part of it is right. Now add --service and --span and --trace",
  ]);
  assertEquals(saysOf({ service: "Shop" }), [
    'service "Shop": unknown; expected ShopFront, ShopCatalog, ShopStock, ShopDelivery',
  ]);
  const { service, span } = solutionOf(SLOW);
  assertEquals(
    saysOf({ service, span }).at(-1),
    "Now prove it. Add --trace with the ID of a trace that shows it",
  );
  assertEquals(
    saysOf({ trace: "abc" }),
    ['trace "abc": too short; expected 8 digits or more'],
  );
  const other = "2".repeat(32);
  assertEquals(saysOf({ trace: other }), [`trace "${other}": it doesn't show the fault`]);
});

Deno.test("judge() gives a hint to learners who look at the other end of the call", () => {
  const says = (answer: Answer, fault: Fault) => judge(answer, fault, EVIDENCE).says.at(-1)!;
  assertStringIncludes(says(CALLER, SLOW), "it waits");
  assertStringIncludes(says(CALLED, LOST), "second trace begins");
  assertStringIncludes(says(CALLED, STORM), "Who sends them?");
  assertStringIncludes(says(CALLED, REPEATED), "Who calls it?");
  assertEquals(judge(CALLER, LOST, EVIDENCE).outcome, "incomplete");
  assertEquals(judge(CALLED, SLOW, EVIDENCE).outcome, "incomplete");
  assertEquals(judge(CALLED, BLOCKED, EVIDENCE).says.length, 2);
});

Deno.test("Evidence remembers traces, but not forever", () => {
  const evidence = new Evidence();
  const idOf = (i: number) => i.toString(16).padStart(8, "0").padEnd(32, "0");
  for (let i = 1; i <= 10_001; i++) evidence.add(idOf(i));
  assertEquals([1, 2, 10_001, 10_002].map((i) => evidence.has(idOf(i))), [
    false,
    true,
    true,
    false,
  ]);
  assert(evidence.has(idOf(2).slice(0, 8).toUpperCase()));
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
