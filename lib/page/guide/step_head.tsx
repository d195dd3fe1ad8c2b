import { useRef } from "preact/hooks";
import type { GuideListedStep, GuideStepState, GuideView } from "../../guests/guide.ts";
import { act, isBusy } from "../state/guide.ts";

/** The state of a step, in words. */
const STATES: Record<GuideStepState, string> = {
  "": "",
  begun: "begun",
  shown: "✓ shown",
  done: "✓ done",
};

/** The course, the step, and navigation to the others. */
export function StepHead({ view, fold }: StepHeadProps) {
  const { course, step, lastNumber, steps } = view;
  return (
    <header class="guide-head">
      <p class="guide-course cut" title={course}>{course}</p>
      <div class="guide-title">
        <h2>{step.title}</h2>
        {fold && (
          <button
            type="button"
            class="button small"
            aria-expanded={!fold.isFolded}
            onClick={fold.toggle}
          >
            {fold.isFolded ? "Unfold" : "Fold"}
          </button>
        )}
      </div>
      <p class="soft">
        {numberOf(step, lastNumber)} · {step.part} · {step.minutes} min
      </p>
      {!fold?.isFolded && <StepList steps={steps} currentId={step.id} />}
    </header>
  );
}

export interface StepHeadProps {
  view: GuideView;
  /** Set if the panel can be collapsed to its header. */
  fold: { isFolded: boolean; toggle: () => void } | undefined;
}

/** All steps by part; a click opens one. */
function StepList({ steps, currentId }: { steps: readonly GuideListedStep[]; currentId: string }) {
  const list = useRef<HTMLDetailsElement>(null);
  const goTo = (id: string) => {
    if (isBusy.value || !list.current) return;
    list.current.open = false;
    list.current.querySelector("summary")?.focus();
    void act({ goto: id });
  };
  const parts = [...Map.groupBy(steps, ({ part }) => part)];
  return (
    <details class="guide-steps" ref={list}>
      <summary>All steps</summary>
      <div class="guide-step-list" tabIndex={0} role="region" aria-label="All steps" data-scrolls>
        {parts.map(([part, steps]) => (
          <section key={part}>
            <h3>{part}</h3>
            <ul>
              {steps.map(({ id, number, title, minutes, state }) => (
                <li key={id}>
                  <button
                    type="button"
                    aria-disabled={isBusy.value}
                    aria-current={id === currentId ? "step" : undefined}
                    onClick={() => goTo(id)}
                  >
                    <span class="number">{number}</span>
                    <span>{title}</span>
                    <span class="soft">{STATES[state] || `${minutes} min`}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </details>
  );
}

function numberOf({ number, isBonus }: GuideListedStep, lastNumber: string): string {
  return isBonus ? `Bonus step ${number}` : `Step ${number}/${lastNumber}`;
}
