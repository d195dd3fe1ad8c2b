import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { GuideHint, GuideSolution, GuideView } from "../../guests/guide.ts";
import { Markdown } from "../components/markdown.tsx";
import { Changes } from "./changes.tsx";

const SOLUTION_STATES: Record<GuideSolution["state"], string> = {
  running: "… running",
  passed: "✓ passed",
  failed: "✕ failed",
};

/** Requested help for the step: hints, the solution, and the takeaway. */
export function Aid({ view: { hints, changes, solution, step, answer } }: { view: GuideView }) {
  const hintList = useRef<HTMLDivElement>(null);
  const solutionPlace = useRef<HTMLDivElement>(null);
  const changesPlace = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (changes) changesPlace.current?.scrollIntoView({ block: "start" });
  }, [changes === undefined]);
  useArrival(hintList, hints.length);
  useArrival(solutionPlace, solution?.lines.length ?? 0);
  return (
    <>
      <div ref={hintList} class="guide-hints" aria-live="polite">
        {hints.map((hint) => <Hint key={hint.title} hint={hint} />)}
      </div>
      <div ref={changesPlace}>{changes && <Changes changes={changes} />}</div>
      <div ref={solutionPlace}>{solution && <Solution solution={solution} />}</div>
      <section class="guide-question">
        <h3>Question</h3>
        <Markdown text={step.question} />
        {answer === undefined
          ? <p class="soft">The answer appears once the step has passed.</p>
          : <Markdown text={answer} />}
      </section>
    </>
  );
}

function Hint({ hint: { title, text } }: { hint: GuideHint }) {
  return (
    <section class="guide-hint">
      <h3>{title}</h3>
      <Markdown text={text} />
    </section>
  );
}

function Solution({ solution: { state, lines } }: { solution: GuideSolution }) {
  return (
    <section class="guide-solution" aria-label="Solution">
      <h3>Solution: {SOLUTION_STATES[state]}</h3>
      <ol>{lines.map((line, i) => <li key={i}>{line}</li>)}</ol>
    </section>
  );
}

/** When content is added to an element, scrolls the end of it into view, but not initially. */
function useArrival(holder: RefObject<HTMLElement>, count: number): void {
  const known = useRef(count);
  useEffect(() => {
    if (count > known.current) holder.current?.lastElementChild?.scrollIntoView({ block: "end" });
    known.current = count;
  }, [count]);
}
