import type { Answer } from "../../lib/workshop/fault/judge.ts";
import { ROUTES } from "../../lib/workshop/fault/routes.ts";
import type { ShopSpan } from "./fault_shop.ts";

/** A span with more self time than this is slow: the shop's routes take 12 ms at most. */
const SLOW_MS = 300;
/** A healthy route keeps 5 answers. */
const MAX_CACHE_ENTRIES = 5;
/** More than the network takes. */
const SKEWED_MS = 1000;
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/** What telemetry shows: the spans, and the number of series of `shop.visits` by service and route. */
export interface Clues {
  spans: readonly ShopSpan[];
  visitSeries?: ReadonlyMap<string, number>;
}

type Search = (clues: Clues, family: Family) => ShopSpan | Answer | undefined;

interface Family {
  childrenOf(span: ShopSpan): ShopSpan[];
  parentOf(span: ShopSpan): ShopSpan | undefined;
  servers: ShopSpan[];
}

/** In this order: a retry storm contains failures, and a gap looks like a lost context. */
const SEARCHES: Record<string, Search> = {
  "clock-skew": ({ spans }, { parentOf }) => {
    const off = spans.filter((span) => {
      const parent = parentOf(span);
      return parent && parent.service !== span.service &&
        Math.abs(span.startedAt - parent.startedAt) > SKEWED_MS;
    });
    const services = off.flatMap((span) => [span.service, parentOf(span)!.service]);
    const counts = Map.groupBy(services, (name) => name);
    const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length);
    return most && { service: most[0] };
  },
  "wrong-sampling": ({ spans }, { childrenOf }) => {
    const torn = spans.filter((span) => span.kind === CLIENT && childrenOf(span).length === 0);
    const began = spans.filter((span) => span.kind === SERVER && span.parentSpanId === "");
    if (torn.length === 0 || began.length > 0) return undefined;
    const { service } = ROUTES.find((route) =>
      route.path.replace(/:\w+/, "7") === torn[0]!.urlPath
    )!;
    return { service };
  },
  "lost-context": ({ spans }, { childrenOf, servers }) => {
    const torn = spans.find((span) => span.kind === CLIENT && childrenOf(span).length === 0);
    return torn && servers.find((span) => childrenOf(span).includes(torn));
  },
  "retry-storm": (_, { childrenOf, servers }) =>
    servers.find((span) =>
      callsTwice(childrenOf(span).flatMap(childrenOf)) &&
      childrenOf(span).some(({ status }) => status === ERROR)
    ),
  "repeated-calls": (_, { childrenOf, servers }) =>
    servers.find((span) => callsTwice(childrenOf(span).flatMap(childrenOf))),
  "failing-dependency": (_, { childrenOf, servers }) =>
    servers.find((span) =>
      span.status === ERROR && childrenOf(span).every(({ status }) => status !== ERROR)
    ),
  "slow-route": (_, { childrenOf, servers }) =>
    servers.find((span) => {
      const waited = childrenOf(span).reduce((sum, { durationMillis }) => sum + durationMillis, 0);
      return span.durationMillis - waited > SLOW_MS;
    }),
  "memory-growth": (_, { servers }) =>
    servers.find(({ cacheEntries }) => cacheEntries > MAX_CACHE_ENTRIES),
  "cardinality": ({ visitSeries = new Map() }) => {
    const [many] = [...visitSeries].filter(([, count]) => count > 1);
    const [service, ...span] = many?.[0].split(" ") ?? [];
    return many && { service, span: span.join(" ") };
  },
};

function callsTwice(called: readonly ShopSpan[]): boolean {
  return new Set(called.map(({ name }) => name)).size < called.length;
}

/** Finds a shop's fault from its telemetry alone. Undefined if nothing is wrong. */
export function findFault(clues: Clues): Answer | undefined {
  const { spans } = clues;
  const childrenOf = (span: ShopSpan) =>
    spans.filter(({ traceId, parentSpanId }) =>
      traceId === span.traceId && parentSpanId === span.spanId
    );
  const parentOf = (span: ShopSpan) =>
    spans.find(({ traceId, spanId }) => traceId === span.traceId && spanId === span.parentSpanId);
  const servers = spans.filter(({ kind }) => kind === SERVER);
  for (const [kind, search] of Object.entries(SEARCHES)) {
    const found = search(clues, { childrenOf, parentOf, servers });
    if (!found) continue;
    return "traceId" in found
      ? { kind, service: found.service, span: found.name }
      : { kind, ...found };
  }
  return undefined;
}
