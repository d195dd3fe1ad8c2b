import { useSignal } from "@preact/signals";
import type { GuideView } from "../../guests/guide.ts";
import { countOf } from "../format/number.ts";
import { act, failure, isBusy } from "../state/guide.ts";
import { CONDITIONS_ID } from "./conditions.tsx";
import { type Confirmable, ConfirmDialog } from "./confirm_dialog.tsx";
import { GuideButton } from "./guide_button.tsx";

const BUSY: Record<NonNullable<GuideView["busy"]>, string> = {
  check: "Checking …",
  solve: "Applying the solution …",
  reset: "Starting over …",
};

/** The guide's actions, and the state of the step. */
export function Actions({ view }: { view: GuideView }) {
  const { steps, step, hasMoreHints, problem = "", isPassed } = view;
  const asked = useSignal<Confirmable | undefined>(undefined);
  const at = steps.findIndex(({ id }) => id === step.id);
  const isOff = isBusy.value;
  const reason = failure.value || problem;
  return (
    <footer class="guide-foot">
      {reason !== "" && <p class="error" role="alert">✕ {reason}</p>}
      <div class="guide-ways">
        <GuideButton look="plain" isOff={isOff || at <= 0} onClick={() => void act({ do: "back" })}>
          Back
        </GuideButton>
        <p role="status">{stateOf(view)}</p>
        <GuideButton
          look={isPassed ? "main" : "plain"}
          isOff={isOff || at === steps.length - 1}
          onClick={() => void act({ do: "next" })}
        >
          Next
        </GuideButton>
      </div>
      <div class="guide-tools">
        <GuideButton
          isOff={isOff}
          onClick={() => {
            showConditions();
            void act({ do: "check" });
          }}
        >
          Check
        </GuideButton>
        <GuideButton
          isOff={isOff || !hasMoreHints}
          onClick={() => void act({ do: "hint" })}
        >
          Hint
        </GuideButton>
        <GuideButton isOff={isOff} opensDialog onClick={() => asked.value = "solve"}>
          Solution …
        </GuideButton>
        <GuideButton isOff={isOff} opensDialog onClick={() => asked.value = "reset"}>
          Reset …
        </GuideButton>
      </div>
      <ConfirmDialog
        asked={asked.value}
        hasFolder={view.hasFolder}
        onClose={() => asked.value = undefined}
      />
    </footer>
  );
}

/** It changes only with the state, so that screen readers can announce it. */
function stateOf({ busy, isPassed, conditions }: GuideView): string {
  if (busy) return BUSY[busy];
  if (isPassed) return "✓ Passed";
  const met = conditions.filter(({ state }) => state === "passed").length;
  return `${met} of ${countOf(conditions.length, "condition")} met`;
}

/** Scrolls the checks into view. */
function showConditions(): void {
  document.getElementById(CONDITIONS_ID)?.scrollIntoView({ block: "start" });
}
