import type { GuideStep } from "../../guests/guide.ts";
import { Markdown } from "../components/markdown.tsx";
import { act, isBusy } from "../state/guide.ts";
import { modes } from "../state/modes.ts";
import { hrefOf, tutorialHref } from "../state/place.ts";
import { GuideButton } from "./guide_button.tsx";

/** What to do and what to look for, with links to more. */
export function StepText({ step, hasFolder }: { step: GuideStep; hasFolder: boolean }) {
  const { text, tutorial, diff, hasDiff } = step;
  return (
    <>
      <Markdown text={text} />
      <p class="guide-links">
        {tutorial !== undefined && <a href={tutorialHref(tutorial)}>Tutorial</a>}
        {diff && <DiffLink modes={diff} />}
        {hasDiff && hasFolder && (
          <GuideButton
            isOff={isBusy.value}
            onClick={() => void act({ do: "diff" })}
          >
            Compare with the solution
          </GuideButton>
        )}
      </p>
    </>
  );
}

/** Links to the code if this collector shows the modes side by side. */
function DiffLink({ modes: [from, to] }: { modes: [from: string, to: string] }) {
  if (!modes.value.some(({ mode }) => mode === to)) return null;
  return <a href={hrefOf("/compare", { code: to })}>What changes from {from} to {to}</a>;
}
