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

/** From this width on, the panel is above the view, as in guide.css. */
const STACKED = "(max-width: 900px)";

/** The current step of the workshop, beside its telemetry. */
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

/** The step's texts, which start at the top with each step. */
function Step({ view }: { view: GuideView }) {
  return (
    <div class="guide-body" tabIndex={0} role="region" aria-label="Step" data-scrolls>
      <StepText step={view.step} hasFolder={view.hasFolder} />
      <Conditions view={view} />
      <Quiz questions={view.step.quiz} />
      <Aid view={view} />
    </div>
  );
}
