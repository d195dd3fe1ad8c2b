import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

/** Connects what steps through spans with the list that shows them. */
export interface SpanPointer {
  /** The span of the current row. */
  current: Signal<string | undefined>;
  /** A span to go to; the list clears it once it is there. */
  wanted: Signal<string | undefined>;
}

/** A pointer for one trace. */
export function useSpanPointer(): SpanPointer {
  const current = useSignal<string | undefined>(undefined);
  const wanted = useSignal<string | undefined>(undefined);
  return useMemo(() => ({ current, wanted }), []);
}
