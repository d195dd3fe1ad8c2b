import { useSignal } from "@preact/signals";
import type { GuideView } from "../../guests/guide.ts";
import { guide, isGuideShown } from "../state/guide.ts";
import { useMedia } from "../state/media.ts";
import { Actions } from "./actions.tsx";
import { Aid } from "./aid.tsx";
import { Conditions } from "./conditions.tsx";
import { Quiz } from "./quiz.tsx";
import { StepHead } from "./step_head.tsx";
import { StepText } from "./step_text.tsx";

export const GUIDE_ID = "guide";

/** Where the panel stands above the view, as in guide.css. */
const STACKED = "(max-width: 900px)";

/** The step of the workshop that one is at, beside what its telemetry looks like. */
export function GuidePanel() {
  const isStacked = useMedia(STACKED);
  const isFolded = useSignal(false);
  const view = guide.value;
  if (!view || !isGuideShown.value) return null;
  const isShort = isStacked && isFolded.value;
  return (
    <aside id={GUIDE_ID} class="guide" aria-label="Guide">
      <StepHead
        view={view}
        fold={isStacked
          ? { isFolded: isFolded.value, toggle: () => isFolded.value = !isFolded.value }
          : undefined}
      />
      {!isShort && (
        <>
          <Step key={view.step.id} view={view} />
          <Actions view={view} />
        </>
      )}
    </aside>
  );
}

/** What there is to read; it starts at its top with each step. */
function Step({ view }: { view: GuideView }) {
  return (
    <div class="guide-body" tabIndex={0} role="region" aria-label="Step" data-scrolls>
      <StepText step={view.step} />
      <Conditions view={view} />
      <Quiz questions={view.step.quiz} />
      <Aid view={view} />
    </div>
  );
}
