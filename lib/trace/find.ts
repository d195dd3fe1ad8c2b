import { QueryError } from "../query/expression.ts";
import { spanTest } from "../query/match.ts";
import { parseQuery } from "../query/parse.ts";
import { OtlpSpanFacts } from "./span_facts.ts";
import type { Trace, TraceSpan } from "./spans.ts";
import { type TreeNode, walk } from "./tree.ts";

/**
 * The spans that a text finds, in the order of the tree. The text is a query, as for lists of traces, or any
 * text in the span: what cannot be read as a query, such as `GET (`, is only searched for. An empty text
 * finds nothing.
 */
export function findSpans(
  { durationNanos }: Trace,
  roots: readonly TreeNode[],
  text: string,
): TraceSpan[] {
  const wanted = text.trim();
  if (wanted === "") return [];
  const isWanted = matcher(wanted, durationNanos);
  const found: TraceSpan[] = [];
  for (const { span } of walk(roots)) if (span && isWanted(span)) found.push(span);
  return found;
}

function matcher(text: string, traceNanos: number): (span: TraceSpan) => boolean {
  const expression = readQuery(text);
  const test = expression && spanTest(expression);
  return ({ span, scope, source, durationNanos }) => {
    const nanosOf = (field: string) => field === "trace.duration" ? traceNanos : durationNanos;
    const facts = new OtlpSpanFacts(span, source.resource, scope, nanosOf);
    return test?.(facts) || facts.contains(text);
  };
}

function readQuery(text: string) {
  try {
    return parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
