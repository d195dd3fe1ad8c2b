import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  type Sampler,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { Hono } from "hono";
import { createInstrumentedFetch } from "../../instrumentation/fetch.ts";
import { httpInstrumentation } from "../../instrumentation/http_instrumentation.ts";
import { sleep } from "../../time.ts";
import type { Activity } from "./activity.ts";
import type { Fault } from "./fault.ts";
import { type Route, routeOf, ROUTES, type ServiceName } from "./routes.ts";

/** The telemetry that all services of the shop share. */
export interface ServiceTelemetry {
  /** Without the service's name. */
  resource: Resource;
  sampler: Sampler;
  /** Shared, because each span has its service in its resource. */
  spanProcessors: SpanProcessor[];
}

/** Options of {@linkcode createService}. */
export interface ServiceOptions {
  telemetry: ServiceTelemetry;
  fault: Fault;
  activity: Activity;
  /** Where a service listens, without a path. */
  addressOf: (service: ServiceName) => string;
  /** Spends the time that a route itself takes; by default, it waits. */
  work?: (millis: number) => Promise<void>;
}

/** A service of the shop. */
export interface Service {
  app: Hono;
  provider: BasicTracerProvider;
}

/** Replaces a missing part of a response, so that no customer sees an error. */
const UNKNOWN = "(ask us)";

/**
 * Creates a service with its routes, its own tracer provider, and the fault if it is in this
 * service.
 */
export function createService(
  name: ServiceName,
  { telemetry, fault, activity, addressOf, work = sleep }: ServiceOptions,
): Service {
  const { resource, ...common } = telemetry;
  const provider = new BasicTracerProvider({
    ...common,
    resource: resource.merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name })),
  });
  const tracedFetch = createInstrumentedFetch({ tracerProvider: provider });
  const forgetfulFetch = createInstrumentedFetch({
    tracerProvider: provider,
    fetch: fetchWithoutContext,
  });

  const app = new Hono();
  app.use(httpInstrumentation({ tracerProvider: provider }));
  app.onError((error, c) => c.text(`${error.message}\n`, 503));
  for (const route of ROUTES.filter(({ service }) => service === name)) {
    app.get(route.path, async (c) => {
      await work(route.workMillis + extraMillis(route));
      failWhereItIsDue(route);
      const parts = [route.says];
      for (const path of route.asks) parts.push(await ask(routeOf(path)));
      return c.text(parts.join(", "));
    });
  }
  return { app, provider };

  function extraMillis(route: Route): number {
    if (fault.kind !== "slow-route" || fault.call.to !== route) return 0;
    return activity.strikes(fault.every) ? fault.delayMillis : 0;
  }

  function failWhereItIsDue(route: Route): void {
    if (fault.kind !== "failing-dependency" || fault.call.to !== route) return;
    if (activity.strikes(fault.every)) throw new Error("The database does not take connections");
  }

  async function ask(route: Route): Promise<string> {
    const isLost = fault.kind === "lost-context" && fault.call.to === route && activity.isOn;
    const send = isLost ? forgetfulFetch : tracedFetch;
    try {
      const response = await send(addressOf(route.service) + route.path.replace(/:\w+/, "7"));
      const text = await response.text();
      return response.ok ? text : UNKNOWN;
    } catch {
      return UNKNOWN;
    }
  }
}

/** Acts like a client that passes on only the headers that it knows. */
function fetchWithoutContext(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  for (const name of ["traceparent", "tracestate", "baggage"]) headers.delete(name);
  return fetch(input, { ...init, headers });
}
