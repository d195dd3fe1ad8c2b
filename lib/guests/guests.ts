import type { Guest } from "../collector/api/guest.ts";
import type { CompareHandlers } from "./compare.ts";
import { createCompareApi } from "./compare_api.ts";
import type { GuideHandlers } from "./guide.ts";
import { createGuideApi } from "./guide_api.ts";

/** Who answers for each guest; where nobody does, its routes say which command has it. */
export interface GuestHandlers {
  /** The side by side of `demo`. */
  compare?: CompareHandlers;
  /** The workshop, where it is taken. */
  guide?: GuideHandlers;
}

/** The comparison and the guide, as the collector takes them in. */
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
