import type { LogEntry } from "../../../collector/model.ts";
import { toNanos } from "../../../otlp/nanos.ts";

/** Records in the order of their time, whenever they arrived; those without a time are last. Arrivals are newest first. */
export function oldestFirst(logs: readonly LogEntry[]): LogEntry[] {
  const [timed, others] = [logs.filter(hasTime), logs.filter((entry) => !hasTime(entry))];
  const nanos = ({ timeUnixNano }: LogEntry) => toNanos(timeUnixNano);
  // Records of one moment stay in the order of their arrival.
  return [
    ...timed.toReversed().sort((a, b) => nanos(a) < nanos(b) ? -1 : nanos(a) > nanos(b) ? 1 : 0),
    ...others.toReversed(),
  ];
}

function hasTime({ timeUnixNano }: LogEntry): boolean {
  return timeUnixNano !== undefined;
}
