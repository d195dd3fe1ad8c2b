import type { Answer } from "../../lib/workshop/fault/judge.ts";
import type { ShopSpan } from "./fault_shop.ts";

/** A span with more self time than this is slow: the shop's routes take 12 ms at most. */
const SLOW_MS = 300;
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/**
 * Finds a shop's fault from its spans alone: a call without a server span, the first failure, or a slow
 * route. Undefined if nothing is wrong.
 */
export function findFault(spans: readonly ShopSpan[]): Answer | undefined {
  const childrenOf = (span: ShopSpan) =>
    spans.filter(({ traceId, parentSpanId }) =>
      traceId === span.traceId && parentSpanId === span.spanId
    );
  const servers = spans.filter(({ kind }) => kind === SERVER);

  const torn = spans.find((span) => span.kind === CLIENT && childrenOf(span).length === 0);
  if (torn) {
    const caller = servers.find((span) => childrenOf(span).includes(torn));
    return { kind: "lost-context", ...placeOf(caller) };
  }
  const failed = servers.find((span) =>
    span.status === ERROR && childrenOf(span).every(({ status }) => status !== ERROR)
  );
  if (failed) return { kind: "failing-dependency", ...placeOf(failed) };
  const slow = servers.find((span) => {
    const waited = childrenOf(span).reduce((sum, { durationMillis }) => sum + durationMillis, 0);
    return span.durationMillis - waited > SLOW_MS;
  });
  if (slow) return { kind: "slow-route", ...placeOf(slow) };
  return undefined;
}

function placeOf(span: ShopSpan | undefined): Answer {
  return { service: span?.service, span: span?.name };
}
