import type { GuideCondition, GuideView } from "../../guests/guide.ts";
import { MarkdownLine } from "../components/markdown.tsx";
import { Countdown } from "./countdown.tsx";
import { EvidenceLinks } from "./evidence_links.tsx";

export const CONDITIONS_ID = "guide-conditions";

/** Each state has a sign and a word, because colors alone are not accessible. */
const STATES: Record<GuideCondition["state"], [sign: string, word: string]> = {
  passed: ["✓", "Met"],
  waiting: ["…", "Waiting"],
  failed: ["✕", "Not yet"],
};

/** The checks, with their results. */
export function Conditions({ view: { conditions, waiting, brokenLink } }: { view: GuideView }) {
  return (
    <section aria-labelledby={CONDITIONS_ID}>
      <h3 id={CONDITIONS_ID} tabIndex={-1}>Checks</h3>
      <ul class="guide-conditions">
        {conditions.map((condition) => <Condition key={condition.id} condition={condition} />)}
      </ul>
      {waiting && <Countdown waiting={waiting} />}
      {brokenLink && (
        <div class="guide-broken">
          <h4>First broken link: {brokenLink.name}</h4>
          {brokenLink.foundAt !== undefined && (
            <p>
              <small>Found at {new Date(brokenLink.foundAt).toLocaleTimeString()}</small>
            </p>
          )}
          <p>{brokenLink.found}</p>
          <p>
            <MarkdownLine text={brokenLink.fix} />
          </p>
        </div>
      )}
    </section>
  );
}

function Condition({ condition }: { condition: GuideCondition }) {
  const { says, state, evidence, found, advice } = condition;
  const [sign, word] = STATES[state];
  return (
    <li class={`guide-condition ${state}`}>
      <span class="guide-sign" aria-hidden="true">{sign}</span>
      <div>
        <p>
          <MarkdownLine text={says} />
        </p>
        <p class="guide-found">
          <b>{word}</b>
          {evidence ? `: ${evidence.text}` : found && `: ${found}`}
          {evidence && <EvidenceLinks evidence={evidence} />}
        </p>
        {advice !== undefined && state !== "passed" && (
          <p class="guide-advice">
            <MarkdownLine text={advice} />
          </p>
        )}
      </div>
    </li>
  );
}
