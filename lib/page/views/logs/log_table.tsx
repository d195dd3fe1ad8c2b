import type { LogEntry } from "../../../collector/model.ts";
import { LogRow } from "./log_row.tsx";

/** Log records in the given order. */
export function LogTable({ logs }: { logs: readonly LogEntry[] }) {
  return (
    <div class="scroll-x">
      <table class="table stacked logs">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Severity</th>
            <th scope="col">Service</th>
            <th scope="col">Body</th>
            <th scope="col">Trace</th>
          </tr>
        </thead>
        <tbody>
          {logs.map((entry) => <LogRow key={entry.sequence} entry={entry} id={rowId(entry)} />)}
        </tbody>
      </table>
    </div>
  );
}

/** The id of the element that opens a record. */
export function rowId(entry: LogEntry | undefined): string {
  return `log-${entry?.sequence}`;
}
