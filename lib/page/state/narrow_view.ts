import { isGuideShown } from "./guide.ts";
import { useMedia } from "./media.ts";

/** The width of the guide's panel beside the view, as in guide.css. */
const GUIDE_PIXELS = 360;
const GUIDE_BESIDE = "(min-width: 901px)";

/** Whether the view has at most this many pixels, like `@container view (max-width: …)` in CSS. */
export function useNarrowView(mostPixels: number): boolean {
  const isBeside = useMedia(GUIDE_BESIDE) && isGuideShown.value;
  return useMedia(`(max-width: ${mostPixels + (isBeside ? GUIDE_PIXELS : 0)}px)`);
}
