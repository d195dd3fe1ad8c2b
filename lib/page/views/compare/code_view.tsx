import type { CodeLine, CompareMode } from "../../../guests/compare.ts";
import { countOf } from "../../format/number.ts";

const SIGNS: Record<CodeLine["kind"], string> = { same: " ", added: "+", removed: "−" };

/** The file of a mode, compared with the app without telemetry: added and removed lines are marked. */
export function CodeView({ mode, closeHref }: { mode: CompareMode; closeHref: string }) {
  const { file, code, addedLines, summary } = mode;
  return (
    <section class="code-view" aria-labelledby="code-title">
      <header class="view-head">
        <h2 id="code-title">{file}</h2>
        <p class="note">
          {summary}: {addedLines === 0 ? "no lines" : countOf(addedLines, "line")}{" "}
          more than apps/base.ts
        </p>
        <a class="button small" href={closeHref}>Back to all four</a>
      </header>
      <ol class="code" tabIndex={0} aria-label={`Lines of ${file}`}>
        {numbered(code).map(({ text, kind, number }, index) => (
          <li key={index} class={kind}>
            <span class="line-number" aria-hidden="true">{number}</span>
            <span class="line-sign" aria-hidden="true">{SIGNS[kind]}</span>
            <code>
              {kind !== "same" && <span class="visually-hidden">{kind}:</span>}
              <span class="line-text">{text}</span>
            </code>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Lines with their numbers in the file, which removed ones don't have. */
function numbered(code: readonly CodeLine[]): (CodeLine & { number?: number })[] {
  let last = 0;
  return code.map((line) => line.kind === "removed" ? line : { ...line, number: ++last });
}
