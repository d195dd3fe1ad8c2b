import type { Course, Step } from "../course/step.ts";

/** The lengths of a workshop, in minutes. */
export const LENGTHS = { "3.5h": 210, "90m": 90 } as const;

/** One of them. */
export type Length = keyof typeof LENGTHS;

/** The share of a step's time that the teacher needs to show it with the solution. */
const SHOWN_SHARE = 0.3;

/** After how many minutes of work there is a break, and how long it is. */
const BREAKS: Record<Length, { afterMinutes: number; minutes: number }> = {
  "3.5h": { afterMinutes: 50, minutes: 10 },
  "90m": { afterMinutes: 40, minutes: 5 },
};

/** Nobody needs a break for what is over soon. */
const MIN_AFTER_BREAK = 15;

/** A step in the plan, or a break. */
export interface PlanItem {
  /** Undefined for a break. */
  step?: Step;
  /** Minutes since the beginning. */
  startsAt: number;
  minutes: number;
  /** Whether the teacher shows it, so that the rest fits. */
  isShown: boolean;
}

/** When each step begins. */
export interface Plan {
  length: Length;
  items: PlanItem[];
  /** The minutes that are left at the end; negative if not everything fits. */
  leftMinutes: number;
  /** Bonus steps that fit into the rest, for anyone who is early. */
  bonus: Step[];
}

/**
 * Plans a course, from the minutes of its steps. If it is too long, the teacher shows steps instead: first
 * those without code to write, the longest first, and then the others.
 */
export function planCourse({ steps }: Course, length: Length): Plan {
  const core = steps.filter(({ bonus }) => !bonus);
  const shown = new Set<Step>();
  const candidates = core.toSorted((a, b) =>
    Number(writesCode(a)) - Number(writesCode(b)) || b.minutes - a.minutes
  );
  let items = layOut(core, shown, length);
  for (const step of candidates) {
    if (endOf(items) <= LENGTHS[length]) break;
    shown.add(step);
    items = layOut(core, shown, length);
  }
  const leftMinutes = LENGTHS[length] - endOf(items);
  let room = leftMinutes;
  const bonus = steps.filter((step) => step.bonus && (room -= step.minutes) >= 0);
  return { length, items, leftMinutes, bonus };
}

/** How many minutes a learner at a step is ahead of the plan; negative if behind, and 0 within the step's time. */
export function aheadOfPlan(
  { items }: Plan,
  { id }: Step,
  elapsedMinutes: number,
): number | undefined {
  const item = items.find(({ step }) => step?.id === id);
  if (!item) return undefined;
  const end = item.startsAt + item.minutes;
  return elapsedMinutes < item.startsAt
    ? item.startsAt - elapsedMinutes
    : Math.min(0, end - elapsedMinutes);
}

/** The items one after another; a break comes before the step that would exceed the time of work. */
function layOut(core: readonly Step[], shown: ReadonlySet<Step>, length: Length): PlanItem[] {
  const { afterMinutes, minutes: breakMinutes } = BREAKS[length];
  const items: PlanItem[] = [];
  const minutesOf = (step: Step) =>
    shown.has(step) ? Math.max(1, Math.round(step.minutes * SHOWN_SHARE)) : step.minutes;
  let now = 0;
  let worked = 0;
  let left = core.reduce((sum, step) => sum + minutesOf(step), 0);
  for (const step of core) {
    const isShown = shown.has(step);
    const minutes = minutesOf(step);
    if (worked > 0 && worked + minutes > afterMinutes && left > MIN_AFTER_BREAK) {
      items.push({ startsAt: now, minutes: breakMinutes, isShown: false });
      now += breakMinutes;
      worked = 0;
    }
    items.push({ step, startsAt: now, minutes, isShown });
    now += minutes;
    worked += minutes;
    left -= minutes;
  }
  return items;
}

function endOf(items: readonly PlanItem[]): number {
  const last = items.at(-1);
  return last ? last.startsAt + last.minutes : 0;
}

function writesCode({ solution }: Step): boolean {
  return solution.some((action) =>
    "write" in action && action.write.some(({ file }) => file.endsWith(".ts"))
  );
}
