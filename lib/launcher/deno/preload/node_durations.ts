import type { Attributes, AttributeValue, Histogram, Meter, Span } from "@opentelemetry/api";
import {
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from "@opentelemetry/semantic-conventions";

/** The part of Deno's telemetry API that is used here. */
interface Telemetry {
  meterProvider: { getMeter(name: string): Pick<Meter, "createHistogram"> };
}

/** Adds the route that a span gets to the metrics of its request. */
export type RouteMeasurer = (span: Span) => void;

/**
 * Adds the route to the metrics of servers on `node:http`. Deno 2.9 and newer record them in
 * JavaScript right after the span has ended. They have their own attributes, in one object for all
 * of them.
 */
export function createRouteMeasurer(): RouteMeasurer {
  const prototype = prototypeOfHistograms();
  if (!prototype) return () => {};
  let ended: string | undefined;
  const { record } = prototype;
  prototype.record = function (this: Histogram, value, attributes, ...others) {
    if (ended !== undefined && attributes && ATTR_HTTP_RESPONSE_STATUS_CODE in attributes) {
      const measured: Attributes = attributes;
      measured[ATTR_HTTP_ROUTE] = ended;
      ended = undefined;
    }
    return record.call(this, value, attributes, ...others);
  };

  return (span) => {
    const { setAttribute, end } = span;
    let route: string | undefined;
    Object.defineProperties(span, {
      setAttribute: {
        configurable: true,
        value(key: string, value: AttributeValue) {
          if (key === ATTR_HTTP_ROUTE) route = String(value);
          return setAttribute.call(span, key, value);
        },
      },
      end: {
        value(...args: Parameters<Span["end"]>) {
          if (route !== undefined) {
            ended = route;
            // Deno records its metrics before this runs, unless metrics are turned off.
            queueMicrotask(() => ended = undefined);
          }
          return end.apply(span, args);
        },
      },
    });
  };
}

function prototypeOfHistograms(): Histogram | undefined {
  const { telemetry } = Deno as unknown as { telemetry?: Telemetry };
  try {
    const meter = telemetry?.meterProvider.getMeter("otel-kit");
    return meter && Object.getPrototypeOf(meter.createHistogram("otel-kit"));
  } catch {
    return undefined; // Deno records no metrics.
  }
}
