import type { LogEntry } from "../../../collector/model.ts";
import { EmptyState } from "../../components/messages.tsx";
import { LogTable } from "../logs/log_table.tsx";
import { oldestFirst } from "./log_order.ts";

/** All log records of the trace, the oldest first. */
export function TraceLogs({ logs }: { logs: readonly LogEntry[] }) {
  if (logs.length === 0) {
    return (
      <EmptyState title="No log records with this trace's ID">
        <p>
          A log record belongs to a trace if it was written while a span was active, by a logger
          that sends the IDs of trace and span along.
        </p>
      </EmptyState>
    );
  }
  return (
    <div class="trace-logs" data-scrolls tabIndex={0} role="region" aria-label="Logs of the trace">
      <LogTable logs={oldestFirst(logs)} />
    </div>
  );
}
