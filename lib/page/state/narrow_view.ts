import { isGuideShown } from "./guide.ts";
import { useMedia } from "./media.ts";

/** How wide the guide's panel is where it stands beside the view, as in guide.css. */
const GUIDE_PIXELS = 360;
const GUIDE_BESIDE = "(min-width: 901px)";

/** Whether the view has at most so many pixels, as `@container view (max-width: …)` has it in CSS. */
export function useNarrowView(mostPixels: number): boolean {
  const isBeside = useMedia(GUIDE_BESIDE) && isGuideShown.value;
  return useMedia(`(max-width: ${mostPixels + (isBeside ? GUIDE_PIXELS : 0)}px)`);
}
