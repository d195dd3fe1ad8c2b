import type { MeterProvider } from "@opentelemetry/api";
import { ATTR_HTTP_ROUTE } from "@opentelemetry/semantic-conventions";
import { METRIC_PROCESS_MEMORY_USAGE } from "@opentelemetry/semantic-conventions/incubating";
import type { Route } from "./routes.ts";

/** A service with nothing in its caches. */
const BASE_BYTES = 80 * 1024 ** 2;

const ANSWER_BYTES = 1024 ** 2;

/** How many answers a healthy route keeps. */
export const CACHE_LIMIT = 5;

/** What a service of the shop measures, apart from its requests. */
export interface ServiceMetrics {
  /** Counts a visit of a route. */
  countVisit(route: Route, attributes?: Record<string, string>): void;
  /**
   * Keeps an answer in the route's cache, which drops an old one if it is full, unless it leaks.
   * Returns how many are kept.
   */
  keepAnswer(route: Route, isLeaked: boolean): number;
}

/** Creates the instruments of a service. Its memory is that of its caches: the services share a process. */
export function createServiceMetrics(provider: MeterProvider): ServiceMetrics {
  const meter = provider.getMeter("shop");
  const visits = meter.createCounter("shop.visits", {
    unit: "{visit}",
    description: "Visits of a route",
  });
  const cached = new Map<Route, { kept: number; leaked: number }>();
  const memory = meter.createObservableUpDownCounter(METRIC_PROCESS_MEMORY_USAGE, {
    unit: "By",
    description: "Memory in use",
  });
  memory.addCallback((result) => {
    const answers = cached.values().reduce((sum, { kept, leaked }) => sum + kept + leaked, 0);
    result.observe(BASE_BYTES + answers * ANSWER_BYTES);
  });
  return {
    countVisit(route, attributes = {}) {
      visits.add(1, { [ATTR_HTTP_ROUTE]: route.path, ...attributes });
    },
    keepAnswer(route, isLeaked) {
      const cache = cached.get(route) ?? { kept: 0, leaked: 0 };
      cached.set(route, cache);
      if (isLeaked) cache.leaked++;
      else cache.kept = Math.min(cache.kept + 1, CACHE_LIMIT);
      return cache.kept + cache.leaked;
    },
  };
}
