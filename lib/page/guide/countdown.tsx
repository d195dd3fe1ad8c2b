import type { GuideView } from "../../guests/guide.ts";
import { formatClock } from "../format/time.ts";
import { useMedia } from "../state/media.ts";
import { useNow } from "../state/now.ts";

const TICK_MS = 1_000;
const STILL = "(prefers-reduced-motion: reduce)";

/** What the guide is waiting for, and how long at most; not announced, because it changes every second. */
export function Countdown({ waiting }: { waiting: NonNullable<GuideView["waiting"]> }) {
  const { says, until } = waiting;
  return (
    <div class="guide-waiting">
      <p>
        Waiting for: {says.join("; ")} <span class="soft">({<Left until={until} />})</span>
      </p>
    </div>
  );
}

/** With reduced motion, it shows the end time instead of a changing number. */
function Left({ until }: { until: number }) {
  return useMedia(STILL)
    ? <>until {formatClock(until).replace(/\.\d+$/, "")} at most</>
    : <SecondsLeft until={until} />;
}

function SecondsLeft({ until }: { until: number }) {
  const seconds = Math.ceil((until - useNow(TICK_MS)) / 1_000);
  return <>{seconds > 0 ? `${seconds} s left at most` : "any moment now"}</>;
}
