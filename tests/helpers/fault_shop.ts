import { ATTR_SERVICE_NAME, ATTR_URL_FULL } from "@opentelemetry/semantic-conventions";
import { createShopTelemetry, findDestination } from "../../lib/cli/fault/shop_telemetry.ts";
import type { TraceDetail, TraceList } from "../../lib/collector/model.ts";
import { createCollector } from "../../lib/collector/collector.ts";
import type { ArrivedSpan } from "../../lib/workshop/backends/jaeger.ts";
import { Activity } from "../../lib/workshop/fault/activity.ts";
import { Evidence } from "../../lib/workshop/fault/evidence.ts";
import type { Fault } from "../../lib/workshop/fault/fault.ts";
import { REFUSAL_SECONDS, startGateway } from "../../lib/workshop/fault/gateway.ts";
import { openShop } from "../../lib/workshop/fault/shop.ts";
import { stopTime } from "./fake_time.ts";

/** A span as it arrived at the collector. */
export interface ShopSpan
  extends Omit<ArrivedSpan, "attributes" | "events" | "links" | "resource"> {
  /** What a client span asked for; empty for other spans. */
  urlPath: string;
  /** How many answers the route keeps; NaN for other spans. */
  cacheEntries: number;
}

/** What happened to the customers, and to the telemetry that the shop sent about them. */
export interface ShopReport {
  /** The customers' answers, by phase. */
  answers: Record<Phase, { status: number; text: string }[]>;
  /** What arrived of the traces that began in each phase, and the parts torn off from them. */
  spans: Record<Phase, ShopSpan[]>;
  /** The number of series of `shop.visits`, by service and route. */
  visitSeries: Map<string, number>;
  /** The traces that prove the fault. */
  evidence: Evidence;
  /** The exporter's messages. */
  messages: string[];
  /** One line about what happened to the spans. */
  summary: string;
}

/** Before, during, and after the fault. */
export const PHASES = ["before", "during", "after"] as const;

export type Phase = (typeof PHASES)[number];

const WINDOW = { afterMillis: 1000, forMillis: 1000 };
const TIMES: Record<Phase, number> = { before: 1, during: 1001, after: 2001 };

/**
 * Serves this many customers in each phase with an embedded collector, then closes the shop. Only the
 * services' work takes time, and all of it is simulated.
 */
export async function runShop(fault: Fault, customers: number): Promise<ShopReport> {
  using time = stopTime();
  await using collector = await startCollector();
  let now = 0;
  const activity = new Activity(WINDOW, () => now);
  const flags = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.httpUrl };
  const messages: string[] = [];
  const { promise: refused, resolve: onReport } = Promise.withResolvers<void>();
  const report = (message: string) => {
    messages.push(message);
    onReport();
  };
  const gateway = startGateway({
    target: findDestination(flags).target,
    activity,
    blockade: fault.kind === "blocked-collector" ? fault.blockade : undefined,
    onUnreachable: report,
  });
  const { telemetry, propagator, deliveries, end } = await createShopTelemetry(
    flags,
    gateway.url,
    report,
  );
  const evidence = new Evidence();
  const shop = openShop({ fault, activity, evidence, telemetry, propagator, work: time.pass });
  const address = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(address, shop.fetch);
  const url = `http://127.0.0.1:${server.addr.port}/`;

  const answers: ShopReport["answers"] = { before: [], during: [], after: [] };
  for (const phase of PHASES) {
    now = TIMES[phase];
    for (let customer = 0; customer < customers; customer++) {
      const traceparent = `00-${traceIdOf(phase, customer)}-00000000000000aa-01`;
      const response = await fetch(url, { headers: { traceparent } });
      answers[phase].push({ status: response.status, text: await response.text() });
    }
    // The exporter's messages about a phase must arrive within it.
    const flushed = Promise.all(telemetry.spanProcessors.map((one) => one.forceFlush()));
    if (phase === "during") {
      // A refused request is retried after the gateway's delay, on the test's clock.
      await Promise.race([flushed, refused.then(() => time.pass(REFUSAL_SECONDS * 1000))]);
    }
    await flushed;
  }
  await shop.flushMetrics();
  await server.shutdown();
  gateway.release();
  end();
  await shop.close();
  await gateway.shutdown();

  const arrived = await readSpans(collector.uiUrl);
  const spans: ShopReport["spans"] = { before: [], during: [], after: [] };
  for (const span of arrived) spans[phaseOf(span)].push(span);
  const ofSpans = deliveries.filter(({ signal }) => signal === "traces");
  return {
    answers,
    spans,
    visitSeries: await countVisitSeries(collector.uiUrl),
    evidence,
    messages,
    summary: ofSpans.map((one) => one.summary()).join(),
  };
}

/** By service and route. */
async function countVisitSeries(uiUrl: string): Promise<Map<string, number>> {
  const query = "count by (job, http_route) (shop_visits_total)";
  const url = `${uiUrl}/api/v1/query?${new URLSearchParams({ query })}`;
  const { data }: {
    data: { result: { metric: { job: string; http_route: string }; value: [number, string] }[] };
  } = await (await fetch(url)).json();
  return new Map(
    data.result.map(({ metric, value: [, count] }) => [
      `${metric.job} GET ${metric.http_route}`,
      Number(count),
    ]),
  );
}

/** An embedded collector on free ports. */
export async function startCollector() {
  const store = { maxTraces: 1000, maxBytes: 64 * 1024 ** 2 };
  return await createCollector({ httpPort: 0, grpcPort: 0, uiPort: 0, store });
}

/** Every span in a collector. */
export async function readSpans(uiUrl: string): Promise<ShopSpan[]> {
  const { traces }: TraceList = await (await fetch(`${uiUrl}/api/kit/traces?limit=100`)).json();
  const spans: ShopSpan[] = [];
  for (const { traceId } of traces) {
    const { data }: TraceDetail = await (await fetch(`${uiUrl}/api/kit/traces/${traceId}`)).json();
    for (const { resource, scopeSpans = [] } of data.resourceSpans ?? []) {
      const service = resource?.attributes?.find(({ key }) => key === ATTR_SERVICE_NAME);
      for (const span of scopeSpans.flatMap(({ spans = [] }) => spans)) {
        const valueOf = (key: string) => span.attributes?.find((one) => one.key === key)?.value;
        const url = valueOf(ATTR_URL_FULL)?.stringValue;
        const nanos = BigInt(span.endTimeUnixNano ?? 0) - BigInt(span.startTimeUnixNano ?? 0);
        spans.push({
          traceId,
          spanId: span.spanId ?? "",
          parentSpanId: span.parentSpanId ?? "",
          service: service?.value?.stringValue ?? "",
          name: span.name ?? "",
          kind: span.kind ?? 0,
          status: span.status?.code ?? 0,
          startedAt: Number(BigInt(span.startTimeUnixNano ?? 0) / 1_000_000n),
          durationMillis: Number(nanos) / 1e6,
          urlPath: url === undefined ? "" : new URL(url).pathname,
          cacheEntries: Number(valueOf("shop.cache.entries")?.intValue),
        });
      }
    }
  }
  return spans;
}

/** A customer's trace ID shows the phase. */
function traceIdOf(phase: Phase, customer: number): string {
  return `${PHASES.indexOf(phase) + 1}${customer}`.padStart(32, "0");
}

/** A trace that no customer began is torn off from one in the "during" phase. */
function phaseOf({ traceId }: ShopSpan): Phase {
  return PHASES.find((phase) =>
    traceId.startsWith("0".repeat(30)) && traceId.at(30) === String(PHASES.indexOf(phase) + 1)
  ) ?? "during";
}
