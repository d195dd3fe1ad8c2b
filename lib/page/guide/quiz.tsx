import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { GuideQuestion } from "../../guests/guide.ts";
import { MarkdownLine } from "../components/markdown.tsx";
import { act, isBusy } from "../state/guide.ts";
import { GuideButton } from "./guide_button.tsx";

/** The quiz questions of the step, if it has any. */
export function Quiz({ questions }: { questions: readonly GuideQuestion[] }) {
  const titleId = useId();
  if (questions.length === 0) return null;
  return (
    <section class="guide-quiz" aria-labelledby={titleId}>
      <h3 id={titleId}>Quiz</h3>
      {questions.map((question) => <Question key={question.id} question={question} />)}
    </section>
  );
}

/** It can be answered until the answer is right. */
function Question(
  { question: { id, asks, choices, isRight, isFirstRight, why } }: { question: GuideQuestion },
) {
  const chosen = useSignal<number | undefined>(undefined);
  const name = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.value !== undefined) {
          void act({ answer: { question: id, choice: chosen.value } });
        }
      }}
    >
      <fieldset disabled={isRight === true}>
        <legend>
          <MarkdownLine text={asks} />
        </legend>
        {choices.map((choice, index) => (
          <label key={choice}>
            <input
              type="radio"
              name={name}
              checked={chosen.value === index}
              onChange={() => chosen.value = index}
            />
            <span>
              <MarkdownLine text={choice} />
            </span>
          </label>
        ))}
      </fieldset>
      {isRight !== true && (
        <GuideButton type="submit" isOff={isBusy.value || chosen.value === undefined}>
          Answer
        </GuideButton>
      )}
      <p role="status" class={isRight === false ? "error" : ""}>
        {isRight !== undefined && (
          <>
            <b>{isRight ? `✓ Right${isFirstRight ? ", at the first try" : ""}` : "✕ Not right"}</b>
            {why !== undefined && (
              <>
                : <MarkdownLine text={why} />
              </>
            )}
          </>
        )}
      </p>
    </form>
  );
}
