import {
  type Context,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
  TraceFlags,
} from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { RANDOM_FLAG } from "./random_flag.ts";
import { parseTraceState } from "./trace_state.ts";
import { trimBlanks } from "./trim_blanks.ts";

const TRACEPARENT = "traceparent";
const TRACESTATE = "tracestate";

/** Version, trace id, parent id, flags, and what a later version may append after a dash. */
const FORMAT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-[^,]*)?$/;

/** All bits of the flags; an unknown version may use the upper ones differently. */
const ALL_FLAGS = 0xff;
const FLAGS_OF_LATER_VERSIONS = TraceFlags.SAMPLED | RANDOM_FLAG;

/**
 * W3C Trace Context, level 2, as the OpenTelemetry specification requires. All eight flags are propagated. The
 * SDK's propagator differs: it keeps the valid members of a broken `tracestate`, truncates it at 512
 * characters, sends an empty one, and validates keys by level 1.
 *
 * @see https://www.w3.org/TR/trace-context-2/
 */
export class TraceContextPropagator implements TextMapPropagator {
  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const spanContext = trace.getSpanContext(context);
    if (!spanContext || !isSpanContextValid(spanContext) || isTracingSuppressed(context)) return;
    const { traceId, spanId, traceFlags, traceState } = spanContext;
    const flags = (traceFlags & ALL_FLAGS).toString(16).padStart(2, "0");
    setter.set(carrier, TRACEPARENT, `00-${traceId}-${spanId}-${flags}`);
    const state = traceState?.serialize();
    if (state) setter.set(carrier, TRACESTATE, state);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const spanContext = parseTraceParent(single(getter.get(carrier, TRACEPARENT)));
    if (!spanContext) return context;
    const header = getter.get(carrier, TRACESTATE);
    const traceState = header?.length ? parseTraceState([header].flat().join(",")) : undefined;
    return trace.setSpanContext(context, traceState ? { ...spanContext, traceState } : spanContext);
  }

  fields(): string[] {
    return [TRACEPARENT, TRACESTATE];
  }
}

/** Two headers count as none: the sender is broken, and neither can be trusted. */
function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? (header.length === 1 ? header[0] : undefined) : header;
}

function parseTraceParent(header: string | undefined): SpanContext | undefined {
  const match = header ? FORMAT.exec(trimBlanks(header)) : null;
  if (!match) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", extension] = match;
  if (version === "ff" || (version === "00" && extension !== undefined)) return undefined;
  const spanContext: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) &
      (version === "00" ? ALL_FLAGS : FLAGS_OF_LATER_VERSIONS),
    isRemote: true,
  };
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}
