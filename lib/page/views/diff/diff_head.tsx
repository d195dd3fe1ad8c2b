import { useMemo } from "preact/hooks";
import type { TraceSummary } from "../../../collector/model.ts";
import { type Difference, differenceOf, type DiffNode, listDiff } from "../../../trace/diff.ts";
import { Clock } from "../../components/time.tsx";
import { formatDuration } from "../../format/duration.ts";
import { countOf, formatCount, formatShare } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { comparisonHref, traceHref } from "../../state/place.ts";
import { mainCauses, placeName, signed } from "./diff_text.ts";

const LONGEST_NAME = 70;

export interface DiffHeadProps {
  a: TraceSummary;
  b: TraceSummary;
  roots: readonly DiffNode[];
  longerNanos: number;
}

/** The two traces, and what changed between them. */
export function DiffHead({ a, b, roots, longerNanos }: DiffHeadProps) {
  return (
    <div class="trace-head">
      <div class="trace-title">
        <a class="back" href={traceHref(a.traceId)} title="Back to trace A (Esc)">← Trace A</a>
        <h1>Compare two traces</h1>
        <a class="button small" href={comparisonHref(b.traceId, a.traceId)}>Swap A and B</a>
      </div>
      <dl class="diff-traces">
        <Side letter="A" trace={a} />
        <Side letter="B" trace={b} />
      </dl>
      <Headline a={a} b={b} roots={roots} />
      <Counts roots={roots} longerNanos={longerNanos} />
    </div>
  );
}

function Side({ letter, trace }: { letter: string; trace: TraceSummary }) {
  const { traceId, root, durationNanos, spanCount, errorCount, startTimeUnixNano } = trace;
  return (
    <>
      <dt class="diff-letter" data-side={letter}>{letter}</dt>
      <dd class="facts">
        <a href={traceHref(traceId)} title={`${root.name}\n${traceId}`}>
          {cutMiddle(root.name || "(no name)", LONGEST_NAME)}
        </a>
        <b>{formatDuration(durationNanos)}</b>
        <span>{countOf(spanCount, "span")}</span>
        {errorCount > 0 && <span class="error">✕ {countOf(errorCount, "error")}</span>}
        <Clock unixNano={startTimeUnixNano} />
      </dd>
    </>
  );
}

function Headline({ a, b, roots }: Omit<DiffHeadProps, "longerNanos">) {
  const change = b.durationNanos - a.durationNanos;
  const causes = useMemo(() => mainCauses(roots, change), [roots, change]);
  if (!roots.some((root) => root.a && root.b)) {
    return (
      <p>
        Nothing matches: spans are compared if they and their ancestors have the same service and
        name, and these traces begin differently.
      </p>
    );
  }
  if (change === 0) return <p>Both traces take equally long.</p>;
  return (
    <p>
      <b>
        B takes {formatDuration(Math.abs(change))} {change > 0 ? "longer" : "less"}
        {a.durationNanos > 0 && ` (${formatShare(Math.abs(change), a.durationNanos)})`}.
      </b>
      {causes.length > 0 && (
        <>
          {" "}On the critical path:{" "}
          {causes.map(({ node, nanos }) => `${placeName(node)} ${signed(nanos)}`).join(", ")}.
        </>
      )}
    </p>
  );
}

const WORDS: readonly [difference: Difference, word: string][] = [
  ["only-a", "only in A"],
  ["only-b", "only in B"],
  ["slower", "slower in B"],
  ["faster", "faster in B"],
  ["same", "as before"],
];

function Counts({ roots, longerNanos }: Pick<DiffHeadProps, "roots" | "longerNanos">) {
  const counts = useMemo(
    () => Map.groupBy(listDiff(roots), ({ node }) => differenceOf(node, longerNanos)),
    [roots, longerNanos],
  );
  return (
    <ul class="facts">
      {WORDS.map(([difference, word]) => {
        const count = counts.get(difference)?.length ?? 0;
        return count > 0 && (
          <li key={difference} class={`difference ${difference}`}>{formatCount(count)} {word}</li>
        );
      })}
    </ul>
  );
}
