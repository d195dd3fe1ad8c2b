import { type MeterProvider, trace } from "@opentelemetry/api";
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
import { createMisbehavior } from "./misbehavior.ts";
import type { Activity } from "./activity.ts";
import type { Evidence } from "./evidence.ts";
import type { Fault } from "./fault.ts";
import { type Route, routeOf, ROUTES, type ServiceName, usualAnswer } from "./routes.ts";
import { createServiceMetrics } from "./service_metrics.ts";

/** A provider of metrics that has to be shut down. */
export interface OwnMeterProvider extends MeterProvider {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** The telemetry that all services of the shop share. */
export interface ServiceTelemetry {
  /** Without the service's name. */
  resource: Resource;
  sampler: Sampler;
  /** Shared, because each span has its service in its resource. */
  spanProcessors: SpanProcessor[];
  /** Creates a service's provider of metrics. */
  createMeterProvider: (resource: Resource) => OwnMeterProvider;
}

/** Options of {@linkcode createService}. */
export interface ServiceOptions {
  telemetry: ServiceTelemetry;
  fault: Fault;
  activity: Activity;
  /** Gets the traces that show the fault. */
  evidence: Evidence;
  /** Where a service listens, without a path. */
  addressOf: (service: ServiceName) => string;
  /** Spends the time that a route itself takes; by default, it waits. */
  work?: (millis: number) => Promise<void>;
}

/** A service of the shop. */
export interface Service {
  app: Hono;
  tracerProvider: BasicTracerProvider;
  meterProvider: OwnMeterProvider;
}

/** Shows how full the route's cache is. */
const CACHE_ENTRIES = "shop.cache.entries";

/**
 * Creates a service with its routes, its own providers, and the fault if it is in this service.
 */
export function createService(
  name: ServiceName,
  { telemetry, fault, activity, evidence, addressOf, work = sleep }: ServiceOptions,
): Service {
  const misbehavior = createMisbehavior(name, { fault, activity, evidence });
  const resource = telemetry.resource.merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name }));
  const tracerProvider = new BasicTracerProvider({
    resource,
    sampler: misbehavior.sampler(telemetry.sampler),
    spanProcessors: telemetry.spanProcessors.map(misbehavior.spanProcessor),
  });
  const meterProvider = telemetry.createMeterProvider(resource);
  const measured = createServiceMetrics(meterProvider);
  const tracedFetch = createInstrumentedFetch({ tracerProvider });
  const forgetfulFetch = createInstrumentedFetch({ tracerProvider, fetch: fetchWithoutContext });

  const app = new Hono();
  app.use(httpInstrumentation({ tracerProvider, meterProvider }));
  app.onError((error, c) => c.text(`${error.message}\n`, 503));
  for (const route of ROUTES.filter(({ service }) => service === name)) {
    app.get(route.path, async (c) => {
      misbehavior.receive(route, { hasContext: c.req.header("traceparent") !== undefined });
      measured.countVisit(route, misbehavior.visitAttributes(route));
      await work(route.workMillis + misbehavior.extraMillis(route));
      misbehavior.failWhereItIsDue(route);
      const kept = measured.keepAnswer(route, misbehavior.leaks(route));
      misbehavior.seeCache(route, kept);
      trace.getActiveSpan()?.setAttribute(CACHE_ENTRIES, kept);
      const parts = [route.says];
      for (const path of route.asks) parts.push(await askOften(routeOf(path)));
      return c.text(parts.join(", "));
    });
  }
  return { app, tracerProvider, meterProvider };

  /** The last answer; all of them are the same. */
  async function askOften(route: Route): Promise<string> {
    for (let left = misbehavior.calls(route); left > 1; left--) await ask(route);
    return await ask(route);
  }

  /** Customers must not see what fails: they get yesterday's answer. */
  async function ask(route: Route): Promise<string> {
    for (let retries = misbehavior.retries(route);; retries--) {
      const text = await askOnce(route);
      if (text !== undefined) return text;
      if (retries <= 0) return usualAnswer(route);
      misbehavior.retry();
    }
  }

  async function askOnce(route: Route): Promise<string | undefined> {
    const send = misbehavior.losesContext(route) ? forgetfulFetch : tracedFetch;
    try {
      const response = await send(addressOf(route.service) + route.path.replace(/:\w+/, "7"));
      const text = await response.text();
      return response.ok ? text : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Acts like a client that passes on only the headers that it knows. */
function fetchWithoutContext(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  for (const name of ["traceparent", "tracestate", "baggage"]) headers.delete(name);
  return fetch(input, { ...init, headers });
}
