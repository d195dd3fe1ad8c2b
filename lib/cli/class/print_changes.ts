import type { ClassServer } from "../../class/class_server.ts";
import { standingOf, stepLabel } from "../../class/class_view.ts";
import { formatClock } from "../../time_text.ts";
import { visible } from "../../unsafe_text.ts";
import type { Output } from "../output.ts";

/** Prints a line for each learner whose step, state, or broken link changes, until disposed. */
export function printChanges(
  { roster, view }: Pick<ClassServer, "roster" | "view">,
  output: Output,
): Disposable {
  const told = new Map<string, string>();
  return roster.subscribe((learner) => {
    if (!learner) {
      told.clear();
      return;
    }
    const { name, step, link, seenAt } = learner;
    const place = [
      stepLabel(view(), step),
      standingOf(learner, seenAt),
      ...link === undefined ? [] : [`broken link: ${link}`],
    ].join(", ");
    if (told.get(name) === place) return;
    told.set(name, place);
    output.data(`${formatClock(seenAt).slice(0, 8)}  ${visible(name)}: ${place}`);
  });
}
