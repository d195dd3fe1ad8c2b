import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { findTraces } from "../../../../lib/collector/store/query/find_traces.ts";
import { MemorySegments } from "../../../../lib/collector/store/segments/memory_segments.ts";
import { SpanStore } from "../../../../lib/collector/store/index/span_store.ts";
import type { AnyValue, KeyValue, Span } from "../../../../lib/otlp/json.ts";
import { matchesTrace, traceExpression } from "../../../../lib/query/match.ts";
import { parseQuery } from "../../../../lib/query/parse.ts";
import { OtlpSpanFacts } from "../../../../lib/trace/span_facts.ts";
import { encodeSpans, span } from "../requests.ts";

const TEXTS = ["", "Mask", "mas\u212a", "fo\u0130", "200", "10ms", "é", "x".repeat(300), "\u212a"];
const value: fc.Arbitrary<AnyValue> = fc.oneof(
  fc.constantFrom(...TEXTS).map((stringValue) => ({ stringValue })),
  fc.constantFrom("200", "-200", "9007199254740993").map((intValue) => ({ intValue })),
  fc.boolean().map((boolValue) => ({ boolValue })),
  fc.constantFrom(200.5, -0, 1e21).map((doubleValue) => ({ doubleValue })),
  fc.constantFrom("bWFzaw==", "MjAw").map((bytesValue) => ({ bytesValue })),
  fc.constant<AnyValue>({ arrayValue: { values: [{ intValue: "200" }, { stringValue: "mask" }] } }),
  fc.constant<AnyValue>({ kvlistValue: { values: [{ key: "a", value: { boolValue: true } }] } }),
  fc.constant({}),
);
const attributes: fc.Arbitrary<KeyValue[]> = fc.array(
  fc.record({ key: fc.constantFrom("a", "b", "é", "k".repeat(130)), value }),
  { maxLength: 3 },
);
const someSpan: fc.Arbitrary<Partial<Span>> = fc.record({
  name: fc.constantFrom("mask", "GET /"),
  attributes,
  status: fc.constantFrom({}, { message: "masked", code: 2 }),
  endTimeUnixNano: fc.constantFrom("0", "1700000000001000000"),
  events: fc.array(fc.record({ name: fc.constantFrom("mask", "200"), attributes }), {
    maxLength: 2,
  }),
  links: fc.array(fc.record({ traceId: fc.constant("1".repeat(32)), attributes }), {
    maxLength: 1,
  }),
});

const field = fc.constantFrom("a", "b", "k".repeat(130), "span.a", "event.a", "link.a");
const wanted = fc.constantFrom("Mask", "200", "2e2", "200.5", "true", "M*", "*20*", '""', "*", "é");
const term = fc.oneof(
  fc.tuple(field, fc.constantFrom("=", "!="), wanted).map((parts) => parts.join("")),
  fc.tuple(field, fc.constantFrom(">", "<="), fc.constantFrom("199", "5ms")).map((all) =>
    all.join("")
  ),
  field.map((name) => `${name} exists`),
  fc.constantFrom("mask", "AsK", "k", "i", "200", "20", ".5", "mfza", "tru", '"[200"', "é", "nan"),
  fc.constantFrom("resource.r=mask", "scope.name=lib", "scope.version exists", "scope.s=1"),
  fc.constantFrom("event.name=mask", "event.name exists", "status.message=masked", "name=mask"),
  fc.constantFrom("status.message exists", "kind:server", "status:error", "duration>0s"),
  fc.constantFrom("duration exists", "duration<1s", "trace.duration exists", "service exists"),
);
const query = fc.array(
  fc.tuple(fc.constantFrom("", "not "), term).map((parts) => parts.join("")),
  { minLength: 1, maxLength: 3 },
).chain((terms) => fc.constantFrom(" ", " or ").map((glue) => terms.join(glue)));

const RESOURCE = { attributes: [{ key: "r", value: { stringValue: "mask" } }] };
const SCOPE = { name: "lib", attributes: [{ key: "s", value: { intValue: "1" } }] };

Deno.test("a query finds the same in encoded spans as in decoded ones", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someSpan, { minLength: 1, maxLength: 3 }),
      query,
      async (all, text) => {
        const spans = all.map((one, i) => span("1", String(i + 1), one));
        const expression = traceExpression(parseQuery(text)!);
        for (const [resource, scope] of [[RESOURCE, SCOPE], [{}, {}]]) {
          const store = new SpanStore(new MemorySegments(2 ** 20), 10, 2 ** 20);
          store.add(encodeSpans([{ resource: resource!, scopeSpans: [{ scope: scope!, spans }] }]));
          const { matched } = await findTraces(store, { expression, limit: 10 });
          const facts = spans.map((one) => new OtlpSpanFacts(one, resource, scope, () => 1));
          assertEquals(matched === 1, matchesTrace(expression, facts), text);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
