import type { GuideHandlers } from "../../../guests/guide.ts";
import { runScreen } from "../../screen/run_screen.ts";
import { GuideScreen, type GuideScreenOptions } from "./guide_screen.ts";

/** Options of the view. */
export interface GuideViewOptions extends Pick<GuideScreenOptions, "diff"> {
  /** Ends the view. */
  stop: AbortSignal;
}

/** Shows the guide in the whole terminal, and handles its keys. Ends at q and at Ctrl-C, which is a key here. */
export async function runGuideView(
  guide: GuideHandlers,
  { stop, diff }: GuideViewOptions,
): Promise<void> {
  await runScreen(stop, (running) => new GuideScreen(guide, { ...running, diff }));
}
