import { EmptyState } from "../../components/messages.tsx";
import { guide, toggleGuide } from "../../state/guide.ts";

/** How to start the workshop's guide, which then is beside every view. */
export function GuideView() {
  if (guide.value) {
    return (
      <EmptyState title="The guide is beside every view">
        <button type="button" class="button" onClick={toggleGuide}>Open or close it (g)</button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No guide is running"
      commands={["otel-kit workshop init my-workshop", "otel-kit guide --dir my-workshop"]}
    >
      <p>
        The guide takes you through the workshop. It checks what your app sends, gives hints, and
        finds the broken link if nothing arrives. Start it in a terminal: the steps are shown there,
        and on its page.
      </p>
      <p>
        To read without exercises, open the <a href="/tutorial">tutorial</a>.
      </p>
    </EmptyState>
  );
}
