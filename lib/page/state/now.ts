import { useEffect, useState } from "preact/hooks";

/** The time in milliseconds since 1970, updated at an interval while it is shown. */
export function useNow(tickMillis: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMillis);
    return () => clearInterval(timer);
  }, [tickMillis]);
  return now;
}
