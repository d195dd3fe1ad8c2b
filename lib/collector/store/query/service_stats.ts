import type { RouteStats, ServiceEdge, Services } from "../../model.ts";
import { NOT_INTERNED } from "../tables/interner.ts";
import { IS_DEAD, IS_ERROR, KIND_MASK, ROW, STATUS_MASK } from "../tables/span_layout.ts";
import type { SpanStore } from "../index/span_store.ts";
import { TimeSlice } from "../../time_slice.ts";
import { durationAt } from "./trace_extent.ts";
import { isRoot } from "./trace_summary.ts";

const SERVER = 2;
const CLIENT = 3;
const CONSUMER = 5;

/** There can be many span names without a route; beyond this limit, the rarest are left out. */
const MAX_ROUTES_PER_SERVICE = 200;

/** The names of all services that have spans. */
export function serviceNames(store: SpanStore): string[] {
  const names = new Set<string>();
  store.spansOfService.forEach((count, service) => {
    if (count > 0 && service !== NOT_INTERNED) names.add(store.services.text(service));
  });
  if ((store.spansOfService[NOT_INTERNED] ?? 0) > 0) {
    for (const at of liveRows(store)) {
      if (store.rows.ring.words[at + ROW.service] === NOT_INTERNED) names.add(store.serviceAt(at));
    }
  }
  names.delete("");
  return [...names].sort();
}

/** The names and kinds of a service's spans. */
export function operations(store: SpanStore, serviceName: string) {
  const service = store.services.find(serviceName);
  const found = new Map<string, { name: string; kind: number }>();
  const seen = new Set<number>();
  for (const at of liveRows(store)) {
    const { words } = store.rows.ring;
    if (words[at + ROW.service] !== service) continue;
    if (service === NOT_INTERNED && store.serviceAt(at) !== serviceName) continue;
    const kind = words[at + ROW.facts]! & KIND_MASK;
    const number = words[at + ROW.name]! * 256 + kind;
    if (words[at + ROW.name] !== NOT_INTERNED) {
      if (seen.has(number)) continue;
      seen.add(number);
    }
    const name = store.nameAt(at);
    found.set(`${kind} ${name}`, { name, kind });
  }
  return [...found.values()].sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

/**
 * Rate, errors and durations of the spans that ended within the window, and the calls between services.
 */
export async function serviceStats(
  store: SpanStore,
  windowSeconds: number,
  nowMillis: number,
): Promise<Services> {
  const services = new Map<string, ServiceCounts>();
  const edges = new Map<string, ServiceEdge>();
  const startNanos = (nowMillis - windowSeconds * 1000) * 1e6;
  const slice = new TimeSlice();
  const { ring } = store.rows;
  for (let row = ring.end - 1; row >= ring.first; row--) {
    if ((row & 1023) === 0 && slice.isOver) await slice.pause();
    if (!ring.has(row)) break;
    const at = ring.at(row);
    const { words } = ring;
    if ((words[at + ROW.facts]! & IS_DEAD) !== 0) continue;
    if (nanosAt(words, at + ROW.end) < startNanos) continue;
    const name = store.serviceAt(at);
    let service = services.get(name);
    if (service === undefined) services.set(name, service = new ServiceCounts(name));
    service.add(store, at);
    addEdge(store, edges, name, at);
  }
  return {
    services: [...services.values()].map((service) => service.stats(windowSeconds))
      .sort((a, b) => a.name < b.name ? -1 : 1),
    edges: [...edges.values()].sort((a, b) => b.callCount - a.callCount),
  };
}

class ServiceCounts {
  readonly #name: string;
  readonly #routes = new Map<string, Route>();
  #spanCount = 0;
  #errorCount = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(store: SpanStore, at: number): void {
    const { words } = store.rows.ring;
    const facts = words[at + ROW.facts]!;
    const isError = (facts & STATUS_MASK) === IS_ERROR;
    this.#spanCount++;
    if (isError) this.#errorCount++;
    const kind = facts & KIND_MASK;
    if (kind !== SERVER && kind !== CONSUMER) return;
    const name = store.nameAt(at);
    let route = this.#routes.get(name);
    if (route === undefined) {
      this.#routes.set(name, route = { durations: [], errorCount: 0 });
    }
    route.durations.push(durationAt(words, at));
    if (isError) route.errorCount++;
  }

  stats(windowSeconds: number): Services["services"][number] {
    const routes = [...this.#routes].map(([name, route]) =>
      routeStats(this.#name, name, route, windowSeconds)
    );
    routes.sort((a, b) => b.count - a.count);
    return {
      name: this.#name,
      spanCount: this.#spanCount,
      errorCount: this.#errorCount,
      routes: routes.slice(0, MAX_ROUTES_PER_SERVICE),
    };
  }
}

function routeStats(
  serviceName: string,
  name: string,
  route: Route,
  windowSeconds: number,
): RouteStats {
  const durations = Float64Array.from(route.durations).sort();
  const count = durations.length;
  const percentile = (share: number) => durations[Math.max(0, Math.ceil(count * share) - 1)]!;
  return {
    serviceName,
    name,
    count,
    errorCount: route.errorCount,
    rate: count / windowSeconds,
    p50Nanos: percentile(0.5),
    p95Nanos: percentile(0.95),
    p99Nanos: percentile(0.99),
  };
}

/** Counts a span whose parent belongs to another service as a call between the two. */
function addEdge(
  store: SpanStore,
  edges: Map<string, ServiceEdge>,
  child: string,
  at: number,
): void {
  const { words } = store.rows.ring;
  const parentAt = parentOf(store, at);
  if (parentAt < 0) return;
  const parent = store.serviceAt(parentAt);
  if (parent === child) return;
  const key = JSON.stringify([parent, child]);
  const edge = edges.get(key) ?? { parent, child, callCount: 0, errorCount: 0 };
  edges.set(key, edge);
  edge.callCount++;
  if ((words[at + ROW.facts]! & STATUS_MASK) === IS_ERROR) edge.errorCount++;
}

/**
 * Where the row of a span's parent begins; -1 if it has none here. Client and server may share an id. Then the
 * server's parent is the client, and children belong to the server.
 */
function parentOf({ rows }: SpanStore, at: number): number {
  const { words } = rows.ring;
  const trace = words[at + ROW.trace]!;
  if ((words[at + ROW.facts]! & KIND_MASK) === SERVER) {
    const client = rows.findOfKind(trace, words, at + ROW.spanId, CLIENT);
    if (client >= 0) return client;
  }
  if (isRoot(words, at)) return -1;
  const first = rows.find(trace, words, at + ROW.parentSpanId);
  if (first < 0 || (words[first + ROW.facts]! & KIND_MASK) === SERVER) return first;
  const server = rows.findOfKind(trace, words, at + ROW.parentSpanId, SERVER);
  return server < 0 ? first : server;
}

/** Precise to a quarter of a microsecond. */
function nanosAt(words: Uint32Array, at: number): number {
  return words[at]! * 2 ** 32 + words[at + 1]!;
}

/** Where the rows of live spans begin. */
function* liveRows(store: SpanStore): Generator<number> {
  const { ring } = store.rows;
  for (let row = ring.first; row < ring.end; row++) {
    const at = ring.at(row);
    if ((ring.words[at + ROW.facts]! & IS_DEAD) === 0) yield at;
  }
}

interface Route {
  durations: number[];
  errorCount: number;
}
