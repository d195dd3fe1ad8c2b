import type { CompareMode } from "../../../guests/compare.ts";
import { countOf } from "../../format/number.ts";

/** The file of a mode; lines that the app without telemetry lacks are marked. */
export function CodeView({ mode, closeHref }: { mode: CompareMode; closeHref: string }) {
  const { file, code, addedLines, summary } = mode;
  return (
    <section class="code-view" aria-labelledby="code-title">
      <header class="view-head">
        <h2 id="code-title">{file}</h2>
        <p class="note">
          {summary}: {addedLines === 0 ? "no line" : countOf(addedLines, "line")}{" "}
          more than apps/base.ts
        </p>
        <a class="button small" href={closeHref}>Back to all four</a>
      </header>
      <ol class="code" tabIndex={0} aria-label={`Lines of ${file}`}>
        {code.map(({ text, isAdded }, i) => (
          <li key={i} class={isAdded ? "added" : ""}>
            <span class="sign" aria-hidden="true">{isAdded ? "+" : " "}</span>
            {isAdded && <span class="visually-hidden">added:</span>}
            <code>{text}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
