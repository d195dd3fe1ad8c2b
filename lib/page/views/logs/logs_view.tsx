import { useSignal } from "@preact/signals";
import type { LogEntry } from "../../../collector/model.ts";
import { fetchLogs } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { formatCount } from "../../format/number.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefOf, place } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import { LogFilter } from "./log_filter.tsx";
import { LogTable, rowId } from "./log_table.tsx";

const PAGE_SIZE = 200;
const REFRESH_MS = 500;
const FILTERS = ["service", "severity", "q", "trace_id", "span_id"] as const;

/** Log records, the newest first, with links to their traces. */
export function LogsView() {
  const { params } = place.value;
  const before = params.get("before") ?? undefined;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? undefined]));
  const key = JSON.stringify([filter, before]);
  const loaded = useLoaded(
    key,
    (signal) => fetchLogs({ ...filter, before, limit: PAGE_SIZE }, signal),
  );
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  const chosen = useSignal(-1);
  // The list doesn't jump while the user looks at older records.
  useLive("logs", () => before === undefined && refresh());
  useLive("resync", loaded.reload);
  const logs = loaded.data?.logs ?? [];
  const move = (step: number) => {
    chosen.value = Math.min(Math.max(chosen.value + step, 0), logs.length - 1);
    document.getElementById(rowId(logs[chosen.value]))?.focus();
  };
  useKeys({ j: () => move(1), k: () => move(-1) });

  return (
    <section class="view" aria-labelledby="logs-title">
      <header class="view-head">
        <h1 id="logs-title">Logs</h1>
        <LogFilter />
        {loaded.data && (
          <p class="note">
            {formatCount(logs.length)} of {formatCount(loaded.data.kept)} kept
          </p>
        )}
      </header>
      {loaded.error
        ? <ErrorState title="Cannot load logs" error={loaded.error} onRetry={loaded.reload} />
        : !loaded.data
        ? <LoadingState />
        : logs.length === 0
        ? <NoLogs isFiltered={FILTERS.some((name) => params.has(name))} />
        : (
          <>
            <LogTable logs={logs} />
            <Older logs={logs} />
          </>
        )}
    </section>
  );
}

function Older({ logs }: { logs: readonly LogEntry[] }) {
  const last = logs.at(-1);
  const { path, params } = place.value;
  return (
    <nav class="paging" aria-label="Pages">
      {params.has("before") && (
        <a class="button" href={hrefOf(path, { before: undefined }, params)}>Newest</a>
      )}
      {last && logs.length === PAGE_SIZE && (
        <a class="button" href={hrefOf(path, { before: String(last.sequence) }, params)}>Older</a>
      )}
    </nav>
  );
}

function NoLogs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState title="No log records match">
        <p>
          <a href="/logs">Show all records</a>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No log records yet"
      commands={["otel-kit auto --logs-exporter otlp"]}
    >
      <p>
        Mode auto sends what the app writes to its console, each line with the ids of the trace that
        it belongs to.
      </p>
    </EmptyState>
  );
}
