import type { InstrumentationScope, Resource, Span, TracesData } from "../../otlp/json.ts";
import { attributeText } from "../../otlp/any_value.ts";

/** A span with its resource and scope, and its children. */
export interface SpanNode {
  span: Span;
  serviceName: string;
  resource: Resource;
  scope: InstrumentationScope;
  depth: number;
  /** Whether its parent is missing. */
  isOrphan: boolean;
}

/** The spans of a trace, parents before children, in the order of their starts. */
export function listSpanTree(data: TracesData): SpanNode[] {
  const nodes = spansOf(data).sort((a, b) => compareNanos(startOf(a), startOf(b)));
  const ids = new Set(nodes.map(({ span }) => span.spanId));
  const children = Map.groupBy(nodes, ({ span }) => span.parentSpanId ?? "");
  const ordered = new Set<SpanNode>();

  // Iterative, because a chain may be longer than the call stack allows.
  function add(root: SpanNode): void {
    const waiting = [{ node: root, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { node, depth } = next;
      // Invalid ids from a sender may form cycles.
      if (ordered.has(node)) continue;
      node.depth = depth;
      ordered.add(node);
      const below = children.get(node.span.spanId ?? "") ?? [];
      for (const child of below.toReversed()) waiting.push({ node: child, depth: depth + 1 });
    }
  }

  for (const node of nodes) {
    const { parentSpanId } = node.span;
    node.isOrphan = !!parentSpanId && !ids.has(parentSpanId);
    if (!parentSpanId || node.isOrphan) add(node);
  }
  for (const node of nodes) add(node);
  return [...ordered];
}

/** The start of a span, in nanoseconds since 1970. */
export function startOf({ span }: SpanNode): bigint {
  return BigInt(span.startTimeUnixNano ?? span.endTimeUnixNano ?? 0);
}

/** The duration of a span; none without start or end. */
export function durationNanosOf(
  { span: { startTimeUnixNano, endTimeUnixNano } }: SpanNode,
): number {
  if (startTimeUnixNano === undefined || endTimeUnixNano === undefined) return 0;
  return Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));
}

function spansOf({ resourceSpans = [] }: TracesData): SpanNode[] {
  return resourceSpans.flatMap(({ resource = {}, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope = {}, spans = [] }) =>
      spans.map((span) => ({
        span,
        resource,
        scope,
        serviceName: attributeText(resource.attributes, "service.name") ?? "",
        depth: 0,
        isOrphan: false,
      }))
    )
  );
}

function compareNanos(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
