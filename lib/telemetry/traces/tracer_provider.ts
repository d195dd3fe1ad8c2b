import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  trace,
  TraceFlags,
  type Tracer as ApiTracer,
  type TracerProvider as ApiTracerProvider,
} from "@opentelemetry/api";
import { type InstrumentationScope, isTracingSuppressed } from "@opentelemetry/core";
import type { Resource } from "@opentelemetry/resources";
import {
  type IdGenerator,
  type Sampler,
  SamplingDecision,
  type SpanLimits,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { lowerCaseIds } from "../propagation/lower_case_ids.ts";
import { RANDOM_FLAG } from "../propagation/random_flag.ts";
import { RandomIds } from "./random_ids.ts";
import { copyAttributes } from "./copy_attributes.ts";
import { RecordingSpan, type SpanOrigin } from "./recording_span.ts";

const RANDOM_IDS = new RandomIds();

/** Options of {@linkcode TracerProvider}. */
export interface TracerProviderOptions {
  resource: Resource;
  sampler: Sampler;
  spanLimits: Required<SpanLimits>;
  spanProcessors: readonly SpanProcessor[];
  idGenerator?: IdGenerator;
}

/**
 * The SDK's tracer provider, with spans that take half the time: see {@linkcode RecordingSpan}. Samplers,
 * processors and ids are the SDK's own.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#tracer-provider
 */
export class TracerProvider implements ApiTracerProvider {
  readonly #options: TracerProviderOptions;
  readonly #tracers = new Map<string, Tracer>();

  constructor(options: TracerProviderOptions) {
    this.#options = options;
  }

  getTracer(name: string, version?: string, options?: { schemaUrl?: string }): ApiTracer {
    const key = JSON.stringify([name, version, options?.schemaUrl]);
    let tracer = this.#tracers.get(key);
    if (!tracer) {
      const schemaUrl = options?.schemaUrl;
      const scope = { name, ...version && { version }, ...schemaUrl && { schemaUrl } };
      tracer = new Tracer(this.#options, scope);
      this.#tracers.set(key, tracer);
    }
    return tracer;
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#options.spanProcessors.map((processor) => processor.forceFlush()));
  }

  async shutdown(): Promise<void> {
    await Promise.all(this.#options.spanProcessors.map((processor) => processor.shutdown()));
  }
}

/** Starts spans. */
class Tracer implements ApiTracer {
  readonly #sampler: Sampler;
  readonly #ids: IdGenerator;
  /** The flags of a new trace. The randomness of another generator's ids is unknown. */
  readonly #rootFlags: number;
  readonly #origin: SpanOrigin;

  constructor(options: TracerProviderOptions, scope: InstrumentationScope) {
    const { sampler, idGenerator = RANDOM_IDS } = options;
    this.#sampler = sampler;
    this.#ids = idGenerator;
    this.#rootFlags = idGenerator instanceof RandomIds ? RANDOM_FLAG : TraceFlags.NONE;
    this.#origin = {
      scope,
      resource: options.resource,
      limits: options.spanLimits,
      processors: options.spanProcessors,
    };
  }

  startSpan(name: string, options: SpanOptions = {}, parent: Context = context.active()): Span {
    if (options.root) parent = trace.deleteSpan(parent);
    if (isTracingSuppressed(parent)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

    const { kind = SpanKind.INTERNAL, links = [], startTime } = options;
    const active = trace.getSpan(parent)?.spanContext();
    const parentSpanContext = active && isSpanContextValid(active)
      ? lowerCaseIds(active)
      : undefined;
    const spanId = this.#ids.generateSpanId();
    const traceId = parentSpanContext?.traceId ?? this.#ids.generateTraceId();

    let attributes: Attributes = {};
    let attributesCount = copyAttributes(options.attributes, attributes);
    const { decision, attributes: added, traceState = parentSpanContext?.traceState } = this
      .#sampler.shouldSample(parent, traceId, name, kind, attributes, links);
    const isSampled = decision === SamplingDecision.RECORD_AND_SAMPLED;
    const flags = parentSpanContext ? parentSpanContext.traceFlags : this.#rootFlags;
    const traceFlags = isSampled ? flags | TraceFlags.SAMPLED : flags & ~TraceFlags.SAMPLED;
    const spanContext: SpanContext = { traceId, spanId, traceFlags };
    if (traceState) spanContext.traceState = traceState;
    if (decision === SamplingDecision.NOT_RECORD) return trace.wrapSpanContext(spanContext);
    if (added) {
      const all = { ...attributes, ...added };
      attributesCount = copyAttributes(all, attributes = {});
    }

    const { limits, processors } = this.#origin;
    const isWithin = attributesCount <= limits.attributeCountLimit &&
      limits.attributeValueLengthLimit === Infinity;
    const span = new RecordingSpan(this.#origin, {
      spanContext,
      parentSpanContext,
      name,
      kind,
      startTime,
      attributes: isWithin ? attributes : {},
      attributesCount: isWithin ? attributesCount : 0,
    });
    if (!isWithin) span.setAttributes(attributes);
    if (links.length > 0) span.addLinks(links);
    for (const processor of processors) processor.onStart(span, parent);
    return span;
  }

  startActiveSpan<F extends (span: Span) => unknown>(name: string, fn: F): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => unknown>(
    name: string,
    options: SpanOptions,
    parent: Context,
    fn: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: Span) => ReturnType<F>>(
    name: string,
    ...rest: [F] | [SpanOptions, F] | [SpanOptions, Context, F]
  ): ReturnType<F> {
    const fn = rest[rest.length - 1] as F;
    const [options, parent = context.active()] = rest.slice(0, -1) as [SpanOptions?, Context?];
    const span = this.startSpan(name, options, parent);
    return context.with(trace.setSpan(parent, span), fn, undefined, span) as ReturnType<F>;
  }
}
