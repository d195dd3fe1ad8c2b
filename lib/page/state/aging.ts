import { useEffect, useRef } from "preact/hooks";
import type { TimeRange } from "./time_range.ts";

/** How often what is shown is checked for its age. */
const AGING_MS = 5000;

/** Calls back from time to time while a range ends now, because its data leaves it without any event. */
export function useAging({ lastMillis }: TimeRange, refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    if (lastMillis === undefined) return;
    const timer = setInterval(() => latest.current(), AGING_MS);
    return () => clearInterval(timer);
  }, [lastMillis]);
}
