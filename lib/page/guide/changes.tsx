import type { GuideChanges } from "../../guests/guide.ts";

const SIGNS: Record<GuideChanges["lines"][number]["kind"], string> = {
  same: "  ",
  added: "+ ",
  removed: "− ",
  gap: "",
};

/** What the learner's program still needs, file by file. */
export function Changes({ changes }: { changes: readonly GuideChanges[] }) {
  return (
    <section class="guide-changes" aria-label="Changes">
      {changes.map(({ fromFile, toFile, lines }) => (
        <div key={fromFile}>
          <h3>From {fromFile} to {toFile}</h3>
          {lines.length === 0
            ? <p>Nothing differs.</p>
            : (
              <pre tabIndex={0} aria-label={`Changes of ${fromFile}`}>
                {lines.map(({ kind, text }, index) => (
                  <span key={index} class={kind}>{`${SIGNS[kind]}${text}\n`}</span>
                ))}
              </pre>
            )}
        </div>
      ))}
    </section>
  );
}
