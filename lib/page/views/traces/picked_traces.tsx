import { signal } from "@preact/signals";
import type { TraceSummary } from "../../../collector/model.ts";
import { formatDuration } from "../../format/duration.ts";
import { cutMiddle } from "../../format/text.ts";
import { comparisonHref } from "../../state/place.ts";

const LONGEST_NAME = 30;

/** The traces to compare, the one picked first first: at most two. */
const picked = signal<readonly TraceSummary[]>([]);

/** Picks a trace for the comparison, or drops it; a third one replaces the one that was picked first. */
export function togglePicked(trace: TraceSummary): void {
  picked.value = isPicked(trace)
    ? picked.value.filter(({ traceId }) => traceId !== trace.traceId)
    : [...picked.value.slice(-1), trace];
}

function isPicked({ traceId }: TraceSummary): boolean {
  return picked.value.some((trace) => trace.traceId === traceId);
}

/** The checkbox that picks the trace of a row. */
export function PickBox({ trace }: { trace: TraceSummary }) {
  return (
    <label class="pick" title="Compare with another trace (x)">
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={`Compare ${trace.root.name || "(no name)"}`}
        checked={isPicked(trace)}
        onChange={() => togglePicked(trace)}
      />
    </label>
  );
}

/** The picked traces, and the link to their comparison; nothing if none is picked. */
export function PickedTraces() {
  const [a, b] = picked.value;
  if (!a) return null;
  return (
    <div class="picked" role="status">
      <span>
        Compare <b>{labelOf(a)}</b>
        {b
          ? (
            <>
              with <b>{labelOf(b)}</b>
            </>
          )
          : ": pick a second trace"}
      </span>
      {b && (
        <a
          class="button small"
          href={comparisonHref(a.traceId, b.traceId)}
          onClick={() => picked.value = []}
        >
          Compare
        </a>
      )}
      <button type="button" class="button small" onClick={() => picked.value = []}>Cancel</button>
    </div>
  );
}

function labelOf({ root, durationNanos }: TraceSummary): string {
  return `${cutMiddle(root.name || "(no name)", LONGEST_NAME)}, ${formatDuration(durationNanos)}`;
}
