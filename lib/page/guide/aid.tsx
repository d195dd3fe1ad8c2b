import { useEffect, useRef } from "preact/hooks";
import type { GuideSolution, GuideView } from "../../collector/api/guide.ts";
import { Markdown } from "../components/markdown.tsx";

/** Each step has so many: a question, where to look, the exact change. */
export const HINT_COUNT = 3;

const SOLUTION_STATES: Record<GuideSolution["state"], string> = {
  running: "… running",
  passed: "✓ passed",
  failed: "✕ failed",
};

/** What was asked for beside the step: hints, the solution, and what the step leaves one with. */
export function Aid({ view: { hints, solution, step, answer } }: { view: GuideView }) {
  return (
    <>
      <div class="guide-hints" aria-live="polite">
        {hints.map((hint, i) => <Hint key={i} number={i + 1} text={hint} />)}
      </div>
      {solution && <Solution solution={solution} />}
      <section class="guide-question">
        <h3>Question</h3>
        <Markdown text={step.question} />
        {answer === undefined
          ? <p class="soft">The answer is here once the step is passed.</p>
          : <Markdown text={answer} />}
      </section>
    </>
  );
}

function Hint({ number, text }: { number: number; text: string }) {
  return (
    <section class="guide-hint">
      <Arrival />
      <h3>Hint {number} of {HINT_COUNT}</h3>
      <Markdown text={text} />
    </section>
  );
}

function Solution({ solution: { state, lines } }: { solution: GuideSolution }) {
  return (
    <section class="guide-solution" aria-label="Solution">
      <Arrival />
      <h3>Solution: {SOLUTION_STATES[state]}</h3>
      <ol>{lines.map((line, i) => <li key={i}>{line}</li>)}</ol>
    </section>
  );
}

/** Scrolls what holds it into sight when it appears, for it was asked for from another place. */
function Arrival() {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => mark.current?.parentElement?.scrollIntoView({ block: "nearest" }), []);
  return <span ref={mark} hidden />;
}
