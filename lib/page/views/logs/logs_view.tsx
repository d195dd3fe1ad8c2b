import { useSignal } from "@preact/signals";
import type { LogEntry, LogVolume } from "../../../collector/model.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { formatCount } from "../../format/number.ts";
import { useKeys } from "../../state/keyboard.ts";
import { autoCommand } from "../../state/commands.ts";
import { hrefOf, place } from "../../state/place.ts";
import { RANGE_NAMES } from "../../state/time_range.ts";
import { FILTERS, PAGE_SIZE, useLiveLogs } from "./live_logs.ts";
import { LogFilter } from "./log_filter.tsx";
import { LogTable, rowId } from "./log_table.tsx";
import { VolumeChart } from "./volume_chart.tsx";
import { VolumeLegend } from "./volume_legend.tsx";

/** Log records over time, and as a list, the newest first, with links to their traces. */
export function LogsView() {
  const { params } = place.value;
  const { list: loaded, volume } = useLiveLogs(params);
  const chosen = useSignal(-1);
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
            {formatCount(volume?.total ?? logs.length)} of {formatCount(loaded.data.kept)} kept
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
            <Volume volume={volume} />
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
