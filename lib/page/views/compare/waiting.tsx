import type { CompareAnswer, CompareMode } from "../../../guests/compare.ts";
import { formatDuration } from "../../format/duration.ts";
import { useNow } from "../../state/now.ts";
import { waitMillis } from "./column_trace.ts";

const TICK_MS = 200;
/** This long after the batch was due, something is wrong. */
const LATE_MS = 3000;

/** What a column is waiting for, and for how long. */
export function Waiting({ mode, answer }: { mode: CompareMode; answer: CompareAnswer }) {
  const now = useNow(TICK_MS);
  const left = waitMillis(mode, answer, now);
  const delay = formatDuration((mode.batchDelayMs ?? 0) * 1e6);
  if (waitMillis(mode, answer, now - LATE_MS) === 0) {
    return (
      <p class="soft">
        No spans came. <a href="/exports">Did the app send any?</a>
      </p>
    );
  }
  return (
    <p class="soft">
      A batch is sent every {delay};{" "}
      {left > 0 ? `${formatDuration(left * 1e6)} to go` : "on its way"}
    </p>
  );
}
