import type { Hint } from "../../../collector/model.ts";
import { HintList } from "../../components/hints.tsx";
import { countOf } from "../../format/number.ts";

/** Likely problems of the instrumentation, collapsed; nothing if there are none. */
export function Hints({ hints }: { hints: readonly Hint[] }) {
  if (hints.length === 0) return null;
  return (
    <details class="trace-hints">
      <summary>
        {countOf(hints.length, "hint")}
        <span class="first-hint">: {hints[0]!.title}</span>
      </summary>
      <HintList hints={hints} />
    </details>
  );
}
