import type { Guest } from "../collector/api/guest.ts";
import type { CompareHandlers } from "./compare.ts";
import { createCompareApi } from "./compare_api.ts";
import type { GuideHandlers } from "./guide.ts";
import { createGuideApi } from "./guide_api.ts";

/** The handlers of each guest. Without handlers, a guest's routes say which command provides it. */
export interface GuestHandlers {
  /** The side-by-side view of `demo`. */
  compare?: CompareHandlers;
  /** The workshop's guide, if one is running. */
  guide?: GuideHandlers;
}

/** The side-by-side view and the guide, in the form that the collector expects. */
export function createGuests({ compare, guide }: GuestHandlers): Guest[] {
  return [
    { routes: createCompareApi(compare) },
    {
      routes: createGuideApi(guide),
      start: (publish) => guide?.subscribe((view) => publish("guide", view)) ?? NOTHING,
    },
  ];
}

const NOTHING: Disposable = { [Symbol.dispose]() {} };
