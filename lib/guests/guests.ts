import { Hono } from "hono";
import type { Guest } from "../collector/api/guest.ts";
import type { CompareHandlers, CompareView } from "./compare.ts";
import { createCompareApi } from "./compare_api.ts";
import type { GuideHandlers, GuideView } from "./guide.ts";
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
    { routes: createPresenceApi({ compare, guide }) },
    { routes: createCompareApi(compare) },
    {
      routes: createGuideApi(guide),
      start: (publish) => guide?.subscribe((view) => publish("guide", view)) ?? NOTHING,
    },
  ];
}

/** Which guests there are, with what the page shows of them first; null for the others. */
export interface Presence {
  compare: CompareView | null;
  guide: GuideView | null;
}

/** Answers with one success what the routes of missing guests would answer with errors. */
function createPresenceApi(
  { compare, guide }: { [Name in keyof GuestHandlers]: GuestHandlers[Name] | undefined },
): Hono {
  return new Hono().get("/api/kit/guests", async (c) => {
    const presence: Presence = {
      compare: await compare?.view() ?? null,
      guide: guide?.view() ?? null,
    };
    return c.json(presence);
  });
}

const NOTHING: Disposable = { [Symbol.dispose]() {} };
