import { useSignal } from "@preact/signals";
import type { LogEntry, LogVolume } from "../../../collector/model.ts";
import { fetchLogs, fetchLogVolume } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { formatCount } from "../../format/number.ts";
import { useAging } from "../../state/aging.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { autoCommand } from "../../state/commands.ts";
import { hrefOf, place } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import { RANGE_NAMES, timeRangeOf } from "../../state/time_range.ts";
import { LogFilter } from "./log_filter.tsx";
import { LogTable, rowId } from "./log_table.tsx";
import { VolumeChart } from "./volume_chart.tsx";
import { VolumeLegend } from "./volume_legend.tsx";

const PAGE_SIZE = 200;
const REFRESH_MS = 500;
const VOLUME_MS = 1000;
const FILTERS = ["service", "severity", "q", "trace_id", "span_id"] as const;

/** Log records over time, and as a list, the newest first, with links to their traces. */
export function LogsView() {
  const { params } = place.value;
  const before = params.get("before") ?? undefined;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? undefined]));
  const range = timeRangeOf(params);
  const loaded = useLoaded(
    JSON.stringify([filter, range, before]),
    (signal) => fetchLogs({ ...filter, range, before, limit: PAGE_SIZE }, signal),
  );
  const volume = useLoaded(
    JSON.stringify([filter, range]),
    (signal) => fetchLogVolume({ ...filter, range }, signal),
  );
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  const refreshVolume = useThrottled(volume.reload, VOLUME_MS);
  const chosen = useSignal(-1);
  // The list doesn't jump while the user looks at older records.
  const update = () => {
    if (before === undefined) refresh();
    refreshVolume();
  };
  useLive("logs", update);
  useAging(range, update);
  useLive("resync", () => {
    loaded.reload();
    volume.reload();
  });
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
            {formatCount(volume.data?.total ?? logs.length)} of {formatCount(loaded.data.kept)} kept
          </p>
        )}
      </header>
      {loaded.error
        ? <ErrorState title="Cannot load logs" error={loaded.error} onRetry={loaded.reload} />
        : !loaded.data
        ? <LoadingState />
        : logs.length === 0
        ? <NoLogs isFiltered={[...FILTERS, ...RANGE_NAMES].some((name) => params.has(name))} />
        : (
          <>
            <Volume volume={volume.data} />
            <LogTable logs={logs} />
            <Older logs={logs} />
          </>
        )}
    </section>
  );
}

/** The chart, or its place until it is loaded. */
function Volume({ volume }: { volume: LogVolume | undefined }) {
  return (
    <div class="volume-place">
      {volume && volume.severities.length > 0 && (
        <>
          <VolumeChart volume={volume} />
          <VolumeLegend volume={volume} />
        </>
      )}
    </div>
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
      commands={[autoCommand("--logs-exporter otlp")]}
    >
      <p>
        Mode auto sends what the app writes to its console, each line with the ids of the trace that
        it belongs to.
      </p>
    </EmptyState>
  );
}
