import { assertEquals } from "@std/assert";
import type { LogEntry } from "../../lib/collector/model.ts";
import { oldestFirst } from "../../lib/page/views/trace/log_order.ts";
import { shopTrace } from "../helpers/page_traces.ts";

const ENTRY = shopTrace().logs[0]!;

/** A record with a time in nanoseconds, if any. */
function entry(sequence: number, timeUnixNano?: string): LogEntry {
  const { timeUnixNano: _, ...others } = ENTRY;
  return { ...others, sequence, ...timeUnixNano !== undefined && { timeUnixNano } };
}

Deno.test("oldestFirst() orders records by time, not by arrival", () => {
  // The newest arrival is first, as in the API. One time has more digits than the others.
  const logs = [entry(5), entry(4, "20"), entry(3, "9"), entry(2, "100"), entry(1, "20"), entry(0)];
  assertEquals(oldestFirst(logs).map(({ sequence }) => sequence), [3, 1, 4, 2, 0, 5]);
});
