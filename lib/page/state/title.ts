import { useEffect } from "preact/hooks";

const NAME = "otel-kit";

/** Names the browser's tab after what is shown; without it, tabs and bookmarks all look the same. */
export function useTitle(shown: string): void {
  useEffect(() => {
    document.title = `${shown} – ${NAME}`;
    return () => void (document.title = NAME);
  }, [shown]);
}
