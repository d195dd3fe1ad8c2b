import type { Context, TextMapGetter, TextMapPropagator } from "@opentelemetry/api";
import type { PropagatorConfigModel } from "@opentelemetry/configuration";
import { CompositePropagator, W3CBaggagePropagator } from "@opentelemetry/core";
import { B3InjectEncoding, B3Propagator } from "@opentelemetry/propagator-b3";
import type { Report } from "../delivery.ts";
import { TraceContextPropagator } from "./trace_context_propagator.ts";

const PROPAGATORS: Record<string, () => TextMapPropagator> = {
  tracecontext: () => new TraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  b3: () => new LowerCaseB3Propagator(),
  b3multi: () => new LowerCaseB3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
};

/** B3 doesn't specify the case of ids, and the SDK's propagator keeps upper case or rejects it. */
class LowerCaseB3Propagator extends B3Propagator {
  override extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    return super.extract(context, carrier, {
      keys: (carrier) => getter.keys(carrier),
      get(carrier, key) {
        const value = getter.get(carrier, key);
        return typeof value === "string" ? value.toLowerCase() : value?.map(toLowerCase);
      },
    });
  }
}

function toLowerCase(text: string): string {
  return text.toLowerCase();
}

/**
 * Combines the propagators of a configuration into one; without any, it does nothing. Unknown ones are reported
 * and left out.
 */
export function createPropagator(
  { composite = [], composite_list: list }: PropagatorConfigModel = {},
  report: Report = () => {},
): TextMapPropagator {
  const named = composite.flatMap((model) => Object.keys(model));
  const listed = (list ?? "").split(",").map((name) => name.trim()).filter(Boolean);
  const names = [...new Set([...named, ...listed])].filter((name) => name !== "none");
  const known = names.filter((name) => Object.hasOwn(PROPAGATORS, name));
  for (const name of names) {
    if (known.includes(name)) continue;
    report(`Cannot propagate by "${name}": expected ${Object.keys(PROPAGATORS).join(", ")}`);
  }
  return new CompositePropagator({ propagators: known.map((name) => PROPAGATORS[name]!()) });
}
