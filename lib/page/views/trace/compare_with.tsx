import { useSignal } from "@preact/signals";
import type { TraceSummary } from "../../../collector/model.ts";
import { traceIdIn } from "../../../query/trace_id.ts";
import { quoted } from "../../../query/terms.ts";
import { fetchTraces, findTraceId } from "../../api.ts";
import { ErrorState, LoadingState } from "../../components/messages.tsx";
import { Clock } from "../../components/time.tsx";
import { formatDuration } from "../../format/duration.ts";
import { formatCount } from "../../format/number.ts";
import { useLoaded } from "../../state/loaded.ts";
import { comparisonHref, navigate } from "../../state/place.ts";

const MOST_OFFERED = 20;

/** Offers traces to compare a trace with: the newest ones of the same kind, or any by its ID. */
export function CompareWith({ trace }: { trace: TraceSummary }) {
  const problem = useSignal("");
  const open = async (text: string) => {
    problem.value = await openComparison(trace.traceId, text);
  };
  return (
    <div class="compare-with">
      <input
        class="field"
        aria-label="ID of the other trace"
        placeholder="ID, or its first 7 digits"
        autocomplete="off"
        spellcheck={false}
        onInput={() => problem.value = ""}
        onKeyDown={({ key, currentTarget: { value } }) => {
          if (key === "Enter") void open(value);
        }}
      />
      {problem.value && <p class="error" role="alert">{problem.value}</p>}
      <Similar trace={trace} />
    </div>
  );
}

function Similar({ trace: { traceId, root } }: { trace: TraceSummary }) {
  const query = `service:${quoted(root.serviceName)} name:${quoted(root.name)}`;
  const { data, error, reload } = useLoaded(
    query,
    (signal) => fetchTraces({ query, limit: MOST_OFFERED + 1 }, signal),
  );
  if (error) return <ErrorState title="Cannot load traces" error={error} onRetry={reload} />;
  if (!data) return <LoadingState />;
  const others = data.traces
    .filter((trace) => trace.traceId !== traceId && trace.root.name === root.name)
    .slice(0, MOST_OFFERED);
  if (others.length === 0) return <p>No other trace has the same root span.</p>;
  return (
    <table>
      <caption class="visually-hidden">Traces with the same root span</caption>
      <thead>
        <tr>
          <th>Same root span</th>
          <th class="right">Errors</th>
          <th class="right">Spans</th>
          <th class="right">Duration</th>
        </tr>
      </thead>
      <tbody>
        {others.map((other) => (
          <tr key={other.traceId}>
            <td>
              <a href={comparisonHref(traceId, other.traceId)}>
                <Clock unixNano={other.startTimeUnixNano} />
              </a>
            </td>
            <td class="right">{other.errorCount > 0 && formatCount(other.errorCount)}</td>
            <td class="right">{formatCount(other.spanCount)}</td>
            <td class="right">{formatDuration(other.durationNanos)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Opens the comparison with the trace whose ID begins like this; otherwise returns the reason. */
async function openComparison(traceId: string, text: string): Promise<string> {
  const id = traceIdIn(text);
  if (id === undefined) return "Expected a trace ID, or at least its first 7 digits";
  try {
    navigate(comparisonHref(traceId, await findTraceId(id)));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
