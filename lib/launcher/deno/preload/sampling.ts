import {
  type Context,
  isSpanContextValid,
  type Span,
  type SpanContext,
  type SpanOptions,
  trace,
  TraceFlags,
} from "@opentelemetry/api";

/** One of the samplers of OTEL_TRACES_SAMPLER. */
export interface SamplerSettings {
  /** Whether spans with a parent follow it. */
  followsParent: boolean;
  /** The share of the other traces to record, from 0 to 1. */
  ratio: number;
}

interface Tracer {
  startSpan(name: string, options?: SpanOptions, context?: Context): Span;
}

/** The part of Deno's telemetry API that is used here. */
interface Telemetry {
  tracerProvider: { getTracer(name: string): Tracer };
  contextManager: { active(): Context };
}

/**
 * Samples the spans of a Deno that has no samplers: its own, and those of the program. A span that is not
 * sampled says so to its children and to called services, and never ends, so that Deno doesn't export it.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#built-in-samplers
 */
export function sampleSpans(settings: SamplerSettings): void {
  const { telemetry } = Deno as unknown as { telemetry?: Telemetry };
  if (!telemetry) return;
  const { tracerProvider, contextManager } = telemetry;
  const prototype: Tracer = Object.getPrototypeOf(tracerProvider.getTracer("otel-kit"));
  const { startSpan } = prototype;
  prototype.startSpan = function (this: Tracer, name, options, context) {
    const span = startSpan.call(this, name, options, context);
    const parent = options?.root
      ? undefined
      : trace.getSpanContext(context ?? contextManager.active());
    if (!isSampled(span, parent, settings)) leaveOut(span);
    return span;
  };
}

function isSampled(
  span: Span,
  parent: SpanContext | undefined,
  { followsParent, ratio }: SamplerSettings,
): boolean {
  if (followsParent && parent) {
    if (parent.traceFlags & TraceFlags.SAMPLED) return true;
    if (isSpanContextValid(parent)) return false;
  }
  return ratio >= 1 || shareOf(span.spanContext().traceId) < ratio;
}

/** A number from 0 to 1 for a trace: the start of the half that most SDKs sample by. */
function shareOf(traceId: string): number {
  return Number.parseInt(traceId.slice(16, 29), 16) / 2 ** 52;
}

function leaveOut(span: Span): void {
  const spanContext = { ...span.spanContext(), traceFlags: TraceFlags.NONE };
  Object.defineProperties(span, {
    spanContext: { value: () => spanContext },
    isRecording: { value: () => false },
    end: { value: () => {} },
  });
}
