import type { Hint } from "../../collector/model.ts";
import { traceHref, tutorialHref } from "../state/place.ts";

/** Likely problems, each with its evidence and fix; nothing if there are none. */
export function HintList({ hints }: { hints: readonly Hint[] }) {
  if (hints.length === 0) return null;
  return (
    <ul class="hints" aria-label="Hints">
      {hints.map((hint) => (
        <li key={`${hint.id} ${hint.evidence.spanId} ${hint.evidence.detail}`}>
          <p>
            <b>{hint.title}</b> <Evidence hint={hint} />
          </p>
          <p class="soft">
            {hint.advice} <a href={tutorialHref(hint.tutorial)}>Explained in the tutorial</a>
          </p>
        </li>
      ))}
    </ul>
  );
}

function Evidence({ hint: { evidence } }: { hint: Hint }) {
  const { traceId, spanId, exportId, detail } = evidence;
  if (traceId) return <a href={traceHref(traceId, spanId)}>{detail}</a>;
  return exportId === undefined ? <code>{detail}</code> : <a href="/exports">{detail}</a>;
}
