import {
  type Attributes,
  type Context,
  context,
  createTraceState,
  type Exception,
  type HrTime,
  INVALID_SPAN_CONTEXT,
  type Link,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanOptions,
  type SpanStatus,
  type TimeInput,
  trace,
  type TracerProvider as ApiTracerProvider,
} from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SamplingResult,
  type SpanLimits,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { TracerProvider } from "../../../lib/telemetry/traces/tracer_provider.ts";
import { testWith } from "../../helpers/needs.ts";

/** One call on a span. */
type Step =
  | ["setAttribute", string, unknown]
  | ["setAttributes", Attributes]
  | ["addEvent", string, (Attributes | TimeInput)?, TimeInput?]
  | ["addLink", Link]
  | ["addLinks", Link[]]
  | ["setStatus", SpanStatus]
  | ["updateName", string]
  | ["recordException", Exception, TimeInput?]
  | ["end", TimeInput?];

/** How and in which context a span starts. */
interface Start {
  name: string;
  options: SpanOptions;
  parent: Context;
  sampling: SamplingResult;
  limits: Required<SpanLimits>;
}

/** A clock that advances only on demand. */
class FakeClock {
  #millis = START_MILLIS;
  readonly #real = { date: Date.now, performance: performance.now };

  constructor() {
    Date.now = () => EPOCH_MILLIS + this.#millis;
    performance.now = () => this.#millis;
  }

  advance(millis: number): void {
    this.#millis += millis;
  }

  [Symbol.dispose](): void {
    Date.now = this.#real.date;
    performance.now = this.#real.performance;
  }
}

const EPOCH_MILLIS = 1_700_000_000_000;
const START_MILLIS = 5000;

const RESOURCE = resourceFromAttributes({ "service.name": "test" });
const NO_LIMITS: Required<SpanLimits> = {
  attributeCountLimit: 128,
  attributeValueLengthLimit: Infinity,
  eventCountLimit: 128,
  linkCountLimit: 128,
  attributePerEventCountLimit: 128,
  attributePerLinkCountLimit: 128,
};

/** IDs that are the same in each run. */
function createIds() {
  let count = 0;
  const id = (digits: number) => (++count).toString(16).padStart(digits, "0");
  return { generateTraceId: () => id(32), generateSpanId: () => id(16) };
}

/** Records everything that a processor sees of a span at its start and end. */
class Witness implements SpanProcessor {
  readonly seen: unknown[] = [];
  onStart(span: ReadableSpan, parent: Context): void {
    this.seen.push(["start", snapshot(span), trace.getSpanContext(parent)]);
  }
  onEnding(span: Span): void {
    span.setAttribute("ending", true);
  }
  onEnd(span: ReadableSpan): void {
    this.seen.push(["end", snapshot(span)]);
  }
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function snapshot(span: ReadableSpan): unknown {
  const { schemaUrl, version, name } = span.instrumentationScope;
  const { traceState, ...spanContext } = span.spanContext();
  return {
    spanContext,
    traceState: traceState?.serialize(),
    parent: span.parentSpanContext,
    scope: [name, version, schemaUrl],
    resource: span.resource.attributes,
    name: span.name,
    kind: span.kind,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { ...span.status },
    attributes: { ...span.attributes },
    events: span.events.map((event) => ({ ...event })),
    links: span.links.map((link) => ({ ...link })),
    dropped: [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
  };
}

/** The life of a span from one provider. */
function live(
  create: (witness: Witness, sampler: Sampler, limits: Required<SpanLimits>) => ApiTracerProvider,
  { name, options, parent, sampling, limits }: Start,
  steps: readonly Step[],
): unknown[] {
  using clock = new FakeClock();
  const witness = new Witness();
  const sampled: unknown[] = [];
  const sampler: Sampler = {
    shouldSample(_, traceId, name, kind, attributes, links) {
      sampled.push([traceId, name, kind, withoutNothing(attributes), links.length]);
      return sampling;
    },
  };
  const provider = create(witness, sampler, limits);
  const span = provider.getTracer("scope", "1", { schemaUrl: "https://schema" })
    .startSpan(name, options, parent);
  for (const [method, ...args] of steps) {
    clock.advance(7);
    (span[method] as (...args: unknown[]) => unknown)(...args);
  }
  return [...witness.seen, sampled, span.isRecording(), span.spanContext().traceId];
}

/** Removes undefined and null: they are no attributes, and a sampler need not see them. */
function withoutNothing(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== null),
  );
}

const stock = (witness: Witness, sampler: Sampler, spanLimits: Required<SpanLimits>) =>
  new BasicTracerProvider({
    resource: RESOURCE,
    sampler,
    spanLimits,
    spanProcessors: [witness],
    idGenerator: createIds(),
  });
const ours = (witness: Witness, sampler: Sampler, spanLimits: Required<SpanLimits>) =>
  new TracerProvider({
    resource: RESOURCE,
    sampler,
    spanLimits,
    spanProcessors: [witness],
    idGenerator: createIds(),
  });

const key = fc.constantFrom("a", "b", "c", "d", "");
const anything = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, { not: "valid" }, () => {}, Symbol("x"), 1n, NaN),
  fc.array(fc.option(fc.string(), { nil: undefined })),
  fc.array(fc.oneof(fc.integer(), fc.string())),
);
const attributes = fc.dictionary(key, anything) as fc.Arbitrary<Attributes>;
/** The SDK keeps a place for an undefined or null attribute until the sampler has seen it. */
const startAttributes = attributes.map(withoutNothing);
const time: fc.Arbitrary<TimeInput | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.nat({ max: START_MILLIS }),
  fc.nat({ max: 10_000 }).map((millis) => EPOCH_MILLIS + millis),
  fc.nat({ max: 10_000 }).map((millis) => new Date(EPOCH_MILLIS + millis)),
  fc.tuple(fc.nat({ max: 10 }), fc.nat({ max: 999_999_999 })).map((
    [seconds, nanos],
  ): HrTime => [EPOCH_MILLIS / 1000 + seconds, nanos]),
);
const spanContext: fc.Arbitrary<SpanContext> = fc.oneof(
  fc.constant(INVALID_SPAN_CONTEXT),
  fc.record({
    traceId: fc.constantFrom("a".repeat(32), "0".repeat(32), "short"),
    spanId: fc.constantFrom("b".repeat(16), "0".repeat(16)),
    traceFlags: fc.constantFrom(0, 1),
    isRemote: fc.boolean(),
    traceState: fc.constantFrom(createTraceState("a=1"), createTraceState("b=2")),
  }, { requiredKeys: ["traceId", "spanId", "traceFlags"] }),
);
const link: fc.Arbitrary<Link> = fc.record({ context: spanContext, attributes }, {
  requiredKeys: ["context"],
});
const exception: fc.Arbitrary<Exception> = fc.oneof(
  fc.string(),
  fc.record({
    name: fc.string(),
    message: fc.string(),
    stack: fc.string(),
    code: fc.string(),
  }, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Exception>,
);
const status = fc.record({
  code: fc.constantFrom(0, 1, 2),
  message: fc.oneof(fc.string(), fc.constantFrom(null, 5)),
}, { requiredKeys: ["code"] }) as fc.Arbitrary<SpanStatus>;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constant("setAttribute"), key, anything),
  fc.tuple(fc.constant("setAttributes"), attributes),
  fc.tuple(fc.constant("addEvent"), fc.string(), fc.oneof(attributes, time), time),
  fc.tuple(fc.constant("addEvent"), fc.string(), time),
  fc.tuple(fc.constant("addLink"), link),
  fc.tuple(fc.constant("addLinks"), fc.array(link)),
  fc.tuple(fc.constant("setStatus"), status),
  fc.tuple(fc.constant("updateName"), fc.string()),
  fc.tuple(fc.constant("recordException"), exception, time),
  fc.tuple(fc.constant("end"), time),
) as fc.Arbitrary<Step>;
const few = fc.oneof(fc.nat({ max: 3 }), fc.constant(128));
const start: fc.Arbitrary<Start> = fc.record({
  name: fc.string(),
  options: fc.record({
    kind: fc.constantFrom(0, 1, 2, 3, 4),
    attributes: startAttributes,
    links: fc.array(link, { maxLength: 3 }),
    root: fc.boolean(),
    startTime: time,
  }, { requiredKeys: [] }) as fc.Arbitrary<SpanOptions>,
  parent: fc.oneof(
    fc.constantFrom(ROOT_CONTEXT, suppressTracing(ROOT_CONTEXT)),
    spanContext.map((spanContext) => trace.setSpanContext(ROOT_CONTEXT, spanContext)),
  ),
  sampling: fc.record({
    decision: fc.constantFrom(
      SamplingDecision.NOT_RECORD,
      SamplingDecision.RECORD,
      SamplingDecision.RECORD_AND_SAMPLED,
      SamplingDecision.RECORD_AND_SAMPLED,
    ),
    attributes,
    traceState: fc.constant(createTraceState("c=3")),
  }, { requiredKeys: ["decision"] }) as fc.Arbitrary<SamplingResult>,
  limits: fc.record({
    attributeCountLimit: few,
    attributeValueLengthLimit: fc.constantFrom(1, 3, Infinity),
    eventCountLimit: few,
    linkCountLimit: few,
    attributePerEventCountLimit: few,
    attributePerLinkCountLimit: few,
  }),
});

testWith(["env"], "TracerProvider creates the same spans as the SDK's own", () => {
  fc.assert(
    fc.property(start, fc.array(step, { maxLength: 12 }), (start, steps) => {
      assertEquals(live(ours, start, steps), live(stock, start, steps));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("TracerProvider makes a span active while a function runs", () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  try {
    const always = { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }) };
    const tracer = ours(new Witness(), always, NO_LIMITS).getTracer("scope");
    const parent = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: "a".repeat(32),
      spanId: "b".repeat(16),
      traceFlags: 1,
    });
    const traceIdOf = (span: Span) => {
      assertEquals(trace.getActiveSpan(), span);
      return span.spanContext().traceId;
    };
    assert(tracer.startActiveSpan("a", traceIdOf) !== "a".repeat(32));
    assert(tracer.startActiveSpan("a", { kind: 1 }, traceIdOf) !== "a".repeat(32));
    assertEquals(tracer.startActiveSpan("a", { kind: 1 }, parent, traceIdOf), "a".repeat(32));
    const child = context.with(parent, () => tracer.startActiveSpan("a", traceIdOf));
    assertEquals(child, "a".repeat(32));
  } finally {
    context.disable();
  }
});

Deno.test("TracerProvider marks the IDs of a trace that it starts as random", () => {
  for (
    const [decision, flags] of [
      [SamplingDecision.RECORD_AND_SAMPLED, 3],
      [SamplingDecision.RECORD, 2],
      [SamplingDecision.NOT_RECORD, 2],
    ] as const
  ) {
    const provider = new TracerProvider({
      resource: resourceFromAttributes({}),
      sampler: { shouldSample: () => ({ decision }) },
      spanLimits: NO_LIMITS,
      spanProcessors: [],
    });
    assertEquals(provider.getTracer("a").startSpan("a").spanContext().traceFlags, flags);
  }
});

Deno.test("TracerProvider propagates all flags of a trace, and decides on the sampled one", () => {
  const always = { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }) };
  const never = { shouldSample: () => ({ decision: SamplingDecision.NOT_RECORD }) };
  for (
    const [sampler, given, expected] of [
      [always, 0, 1],
      [always, 2, 3],
      [always, 0x80, 0x81],
      [never, 1, 0],
      [never, 0x83, 0x82],
    ] as const
  ) {
    const parent = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: "a".repeat(32),
      spanId: "b".repeat(16),
      traceFlags: given,
    });
    const span = ours(new Witness(), sampler, NO_LIMITS).getTracer("a").startSpan("a", {}, parent);
    assertEquals(span.spanContext().traceFlags, expected);
  }
});

Deno.test("TracerProvider writes IDs in lowercase, whatever created them", () => {
  const witness = new Witness();
  const always = { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }) };
  const upper = { traceId: "A".repeat(32), spanId: "B".repeat(16), traceFlags: 1 };
  const tracer = ours(witness, always, NO_LIMITS).getTracer("scope");
  const span = tracer.startSpan(
    "a",
    { links: [{ context: upper }] },
    trace.setSpanContext(ROOT_CONTEXT, upper),
  ) as unknown as ReadableSpan;
  const lower = { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 };
  assertEquals(span.spanContext().traceId, lower.traceId);
  assertEquals(span.parentSpanContext, lower);
  assertEquals(span.links[0]?.context, lower);
});

Deno.test("TracerProvider names the type of an exception, and not its number", () => {
  const always = { shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }) };
  const tracer = ours(new Witness(), always, NO_LIMITS).getTracer("scope");
  const span = tracer.startSpan("a") as unknown as Span & ReadableSpan;
  span.recordException(new DOMException("stop", "AbortError"));
  span.recordException({ code: 7, message: "no name" });
  const types = span.events.map(({ attributes }) => attributes?.["exception.type"]);
  assertEquals(types, ["AbortError", undefined]);
});

Deno.test("attributes can have the names of object members", () => {
  const names = ["__proto__", "constructor", "hasOwnProperty"];
  const attributes: Attributes = Object.fromEntries(names.map((name) => [name, ["a", name]]));
  const invalid = Object.fromEntries([["__proto__", {} as never]]);
  const sorted = (entries: Attributes) => Object.entries(entries).sort();
  const expected = sorted(attributes);
  const ended: ReadableSpan[] = [];
  const provider = new TracerProvider({
    resource: resourceFromAttributes({}),
    sampler: { shouldSample: () => ({ decision: 2, attributes }), toString: () => "all" },
    spanLimits: LIMITLESS,
    spanProcessors: [{
      onStart() {},
      onEnd: (span) => void ended.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    }],
  });
  const tracer = provider.getTracer("test");
  tracer.startSpan("given", { attributes }).end();
  tracer.startSpan("sampled").setAttributes(invalid).end();
  const context = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 };
  tracer.startSpan("set").setAttributes(attributes).addEvent("e", attributes)
    .addLink({ context, attributes }).addEvent("invalid", invalid).end();
  for (const span of ended) {
    assertEquals(sorted(span.attributes), expected, span.name);
    assertEquals(Object.getPrototypeOf(span.attributes), Object.prototype);
  }
  const [event, invalidEvent] = ended[2]!.events;
  assertEquals(sorted(event!.attributes!), expected);
  assertEquals(sorted(invalidEvent!.attributes!), []);
  assertEquals(sorted(ended[2]!.links[0]!.attributes!), expected);
});

const LIMITLESS = {
  attributeValueLengthLimit: Infinity,
  attributeCountLimit: 128,
  linkCountLimit: 128,
  eventCountLimit: 128,
  attributePerEventCountLimit: 128,
  attributePerLinkCountLimit: 128,
};
