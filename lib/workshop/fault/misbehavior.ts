import { trace } from "@opentelemetry/api";
import type { Sampler, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Activity } from "./activity.ts";
import type { Evidence } from "./evidence.ts";
import type { Fault } from "./fault.ts";
import { sampleAlone } from "./own_sampler.ts";
import type { Route, ServiceName } from "./routes.ts";
import { CACHE_LIMIT } from "./service_metrics.ts";
import { skewClock } from "./skewed_clock.ts";

/** What a service does differently because of the fault; nothing if it is elsewhere, or not active. */
export interface Misbehavior {
  sampler(usual: Sampler): Sampler;
  spanProcessor(usual: SpanProcessor): SpanProcessor;
  /** Called with each request, in its span. */
  receive(route: Route, request: { hasContext: boolean }): void;
  /** Attributes that the count of visits shouldn't have. */
  visitAttributes(route: Route): Record<string, string>;
  extraMillis(route: Route): number;
  /** @throws {Error} If the request must fail. */
  failWhereItIsDue(route: Route): void;
  /** Whether the cache never drops this answer. */
  leaks(route: Route): boolean;
  /** Called with the number of answers in the route's cache. */
  seeCache(route: Route, entries: number): void;
  /** Whether the request to a route must go without context. */
  losesContext(to: Route): boolean;
  /** How often a route is requested, where once is enough. */
  calls(to: Route): number;
  /** How often a failed request to a route is sent again. */
  retries(to: Route): number;
  /** Called before each retry. */
  retry(): void;
}

/** Options of {@linkcode createMisbehavior}. */
export interface MisbehaviorOptions {
  fault: Fault;
  activity: Activity;
  /** Gets the traces that show the fault. */
  evidence: Evidence;
}

/** The fault's part in a service. */
export function createMisbehavior(
  name: ServiceName,
  { fault, activity, evidence }: MisbehaviorOptions,
): Misbehavior {
  const { kind } = fault;
  const prove = () => evidence.add(trace.getActiveSpan()?.spanContext().traceId);
  const isCalled = (route: Route) => "call" in fault && fault.call.to === route;
  const isPlace = (route: Route) => "route" in fault && fault.route === route;
  const isHere = "service" in fault && fault.service === name;
  let failuresLeft = 0;
  let callsBefore = 1;

  return {
    sampler: (usual) =>
      kind === "wrong-sampling" && isHere
        ? sampleAlone(usual, {
          isOn: () => activity.isOn,
          keeps: () => activity.strikes(fault.every),
          onLeftOut: (traceId) => evidence.add(traceId),
        })
        : usual,
    spanProcessor: (usual) =>
      kind === "clock-skew" && isHere
        ? skewClock(usual, {
          skewMillis: () => activity.isOn ? fault.skewMillis : 0,
          onSkewed: (traceId) => evidence.add(traceId),
        })
        : usual,
    receive(route, { hasContext }) {
      if (kind === "lost-context" && isCalled(route) && activity.isOn && !hasContext) prove();
    },
    visitAttributes(route) {
      const span = trace.getActiveSpan();
      if (kind !== "cardinality" || !isPlace(route) || !activity.isOn || !span) return {};
      prove();
      return { "visit.id": span.spanContext().traceId };
    },
    extraMillis(route) {
      if (kind !== "slow-route" || !isCalled(route) || !activity.strikes(fault.every)) return 0;
      prove();
      return fault.delayMillis;
    },
    failWhereItIsDue(route) {
      if (!isCalled(route)) return;
      if (kind === "failing-dependency" && activity.strikes(fault.every)) {
        prove();
        throw new Error("The database does not take connections");
      }
      if (kind !== "retry-storm") return;
      if (failuresLeft === 0 && activity.strikes(fault.every)) failuresLeft = fault.failures;
      else if (failuresLeft > 0) failuresLeft--;
      if (failuresLeft > 0) throw new Error("Too many requests at once");
    },
    leaks: (route) => kind === "memory-growth" && isPlace(route) && activity.strikes(fault.every),
    seeCache(route, entries) {
      if (kind === "memory-growth" && isPlace(route) && entries > CACHE_LIMIT) prove();
    },
    losesContext(to) {
      const isLost = kind === "lost-context" && isCalled(to) && activity.isOn;
      if (isLost) prove();
      return isLost;
    },
    calls(to) {
      if (kind !== "repeated-calls" || !isCalled(to) || !activity.isOn) return 1;
      prove();
      return callsBefore = Math.min(callsBefore + 1, fault.most);
    },
    retries: (to) => kind === "retry-storm" && isCalled(to) ? fault.failures : 0,
    retry: prove,
  };
}
