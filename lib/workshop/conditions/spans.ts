import { parseQuery } from "../../query/parse.ts";
import { type SpanTest, spanTest } from "../../query/match.ts";
import { OtlpSpanFacts } from "../../trace/span_facts.ts";
import { readTrace } from "../../trace/spans.ts";
import { findTraces, type ListedTrace, readKitTrace } from "../backends/kit.ts";
import type { SpansCheck } from "../course/check.ts";
import { type Finding, type Look, met, notMet } from "./outcome.ts";

/** A trace, and how many of its spans match. */
interface Counted {
  traceId: string;
  count: number;
}

/** Counts the spans that match a query, in each trace or in all of them. */
export const lookAtSpans: Look<SpansCheck> = async (check, { backends: { kitUrl }, startedAt }) => {
  if (kitUrl === undefined) return notMet("no-kit", "only otel-kit's own collector counts spans");
  const traces = await findTraces(kitUrl, { query: tracesToRead(check), since: startedAt });
  const test = spanTest(parseQuery(check.query)!);
  const counted: Counted[] = [];
  for (const trace of traces) {
    counted.push({ traceId: trace.traceId, count: await countSpans(kitUrl, trace, test) });
  }
  return check.perTrace ? judgeEach(check, counted) : judgeAll(check, counted);
};

/** A minimum for each trace concerns traces without such a span, too. */
function tracesToRead({ query, inTraces, atLeast = 0, perTrace }: SpansCheck): string | undefined {
  if (inTraces !== undefined) return inTraces;
  // In parentheses, `not` is about the span.
  return perTrace && atLeast > 0 ? undefined : `(${query})`;
}

async function countSpans(url: string, trace: ListedTrace, test: SpanTest): Promise<number> {
  const { data } = await readKitTrace(url, trace.traceId);
  return readTrace(data).spans.filter(({ span, source: { resource }, scope, durationNanos }) =>
    test(
      new OtlpSpanFacts(
        span,
        resource,
        scope,
        (field) => field === "trace.duration" ? trace.durationNanos : durationNanos,
      ),
    )
  ).length;
}

function judgeEach({ atLeast, atMost, query }: SpansCheck, counted: readonly Counted[]): Finding {
  const sorted = counted.toSorted((a, b) => b.count - a.count);
  const [most, least] = [sorted[0], sorted.at(-1)];
  if (most && atMost !== undefined && most.count > atMost) {
    return tooMany(`trace ${most.traceId} has ${most.count}, at most ${atMost} are allowed`);
  }
  if (atLeast !== undefined && (!least || least.count < atLeast)) {
    return notMet(
      "too-few",
      least
        ? `trace ${least.traceId} has ${least.count}, expected ${atLeast}`
        : "no trace has arrived",
    );
  }
  const text = most
    ? `at most ${most.count} in each of ${counted.length} traces`
    : `no span matches ${query}`;
  return met({ ...most && { traceId: most.traceId }, text });
}

function judgeAll({ atLeast, atMost }: SpansCheck, counted: readonly Counted[]): Finding {
  const found = counted.filter(({ count }) => count > 0);
  const sum = found.reduce((sum, { count }) => sum + count, 0);
  const example = found[0] ? `, such as in trace ${found[0].traceId}` : "";
  if (atMost !== undefined && sum > atMost) {
    return tooMany(`${sum} match${example}, at most ${atMost} are allowed`);
  }
  if (atLeast !== undefined && sum < atLeast) {
    return notMet("too-few", `${sum} match, expected ${atLeast}`);
  }
  return met({
    ...found[0] && { traceId: found[0].traceId },
    text: `${sum} ${sum === 1 ? "span matches" : "spans match"}`,
  });
}

/** More spans may arrive, but none leaves. */
function tooMany(found: string): Finding {
  return { isMet: false, reason: "too-many", found, isFinal: true };
}
