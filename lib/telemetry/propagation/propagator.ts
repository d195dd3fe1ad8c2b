import type { TextMapPropagator } from "@opentelemetry/api";
import { CompositePropagator, W3CBaggagePropagator } from "@opentelemetry/core";
import { B3InjectEncoding, B3Propagator } from "@opentelemetry/propagator-b3";
import type { Settings } from "../settings.ts";
import { TraceContextPropagator } from "./trace_context_propagator.ts";

const PROPAGATORS: Record<Settings["OTEL_PROPAGATORS"][number], () => TextMapPropagator> = {
  tracecontext: () => new TraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
};

/** The propagators of OTEL_PROPAGATORS as one; with `none` it does nothing. */
export function createPropagator({ OTEL_PROPAGATORS: names }: Settings): TextMapPropagator {
  return new CompositePropagator({ propagators: names.map((name) => PROPAGATORS[name]()) });
}
