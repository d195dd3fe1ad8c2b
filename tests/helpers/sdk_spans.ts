import type { Attributes, HrTime, SpanContext } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { parseTraceState } from "../../lib/telemetry/propagation/trace_state.ts";

const hexId = (digits: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits });

/** Any text. */
export const text = fc.string({ unit: "grapheme", maxLength: 300 });

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(
  fc.oneof(text, fc.constantFrom("http.route", "server.port")).filter((key) => key !== "__proto__"),
  fc.oneof(
    text,
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(-(2 ** 63), 2 ** 62, 2 ** 63, -1, 0, -0, 127, 128, 16_384),
    fc.array(text),
    fc.array(fc.double()),
    fc.array(fc.boolean()),
  ),
);

const time: fc.Arbitrary<HrTime> = fc.tuple(
  fc.integer({ min: 0, max: 18_446_744_072 }),
  fc.integer({ min: 0, max: 999_999_999 }),
);

const spanContext: fc.Arbitrary<SpanContext> = fc.record({
  traceId: hexId(32),
  spanId: hexId(16),
  traceFlags: fc.constantFrom(0, 1),
  isRemote: fc.boolean(),
  traceState: fc.constantFrom(parseTraceState("a=1,b=2")!, parseTraceState("c=3")!),
}, { requiredKeys: ["traceId", "spanId", "traceFlags"] });

const RESOURCES = [resourceFromAttributes({ "service.name": "a" }), resourceFromAttributes({})];
const SCOPES = [{ name: "one", version: "1.0.0", schemaUrl: "https://s" }, { name: "two" }];

/** Finished spans with everything that spans can contain. */
export const sdkSpan: fc.Arbitrary<ReadableSpan> = fc.record({
  spanContext: spanContext.map((context) => () => context),
  parentSpanContext: fc.option(spanContext, { nil: undefined }),
  name: text,
  kind: fc.integer({ min: 0, max: 4 }),
  startTime: time,
  endTime: time,
  attributes,
  events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: fc.nat() }), {
    maxLength: 3,
  }),
  links: fc.array(
    fc.record({ context: spanContext, attributes, droppedAttributesCount: fc.nat() }),
    {
      maxLength: 3,
    },
  ),
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }),
  droppedAttributesCount: fc.nat(),
  droppedEventsCount: fc.nat(),
  droppedLinksCount: fc.nat(),
  resource: fc.constantFrom(...RESOURCES),
  instrumentationScope: fc.constantFrom(...SCOPES),
}).map((fields) => fields as unknown as ReadableSpan);
