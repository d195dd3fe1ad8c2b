import type { LogList, LogVolume } from "../../../collector/model.ts";
import { fetchLogs, fetchLogVolume } from "../../api.ts";
import { useAging } from "../../state/aging.ts";
import { useLive } from "../../state/live.ts";
import { type Loaded, useLoaded } from "../../state/loaded.ts";
import { useThrottled } from "../../state/throttle.ts";
import { timeRangeOf } from "../../state/time_range.ts";

/** How many records are on one page. */
export const PAGE_SIZE = 200;
/** The parameters that narrow the list, in addition to those of the time range. */
export const FILTERS = ["service", "severity", "q", "trace_id", "span_id"] as const;

const REFRESH_MS = 500;
const VOLUME_MS = 1000;

/** Loads the log records that a URL selects and their number over time, and keeps both up to date. */
export function useLiveLogs(
  params: URLSearchParams,
): { list: Loaded<LogList>; volume: LogVolume | undefined } {
  const before = params.get("before") ?? undefined;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? undefined]));
  const range = timeRangeOf(params);
  const list = useLoaded(
    JSON.stringify([filter, range, before]),
    (signal) => fetchLogs({ ...filter, range, before, limit: PAGE_SIZE }, signal),
  );
  const volume = useLoaded(
    JSON.stringify([filter, range]),
    (signal) => fetchLogVolume({ ...filter, range }, signal),
  );
  const refresh = useThrottled(list.reload, REFRESH_MS);
  const refreshVolume = useThrottled(volume.reload, VOLUME_MS);
  const update = () => {
    // The list doesn't jump while the user looks at older records.
    if (before === undefined) refresh();
    refreshVolume();
  };
  useLive("logs", update);
  useAging(range, update);
  useLive("resync", () => {
    list.reload();
    volume.reload();
  });
  return { list, volume: volume.data };
}
