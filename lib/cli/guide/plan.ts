import {
  aheadOfPlan,
  type Length,
  LENGTHS,
  type Plan,
  planCourse,
} from "../../workshop/timing/plan.ts";
import { courseTiming } from "../../workshop/timing/timing.ts";
import type { CommandContext } from "../command.ts";
import { fit } from "../terminal/text.ts";
import type { WordOptions } from "./word.ts";

const TITLE_WIDTH = 50;
const MINUTE_MS = 60_000;

/** The plan for a length, with its breaks, and where the learner is. It begins no step. */
export function showPlan(
  length: Length,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): number {
  const { course, progress } = session;
  const plan = planCourse(course, length);
  const step = session.find();
  const { startedAt } = courseTiming(course, progress, Date.now());
  const elapsed = startedAt === undefined ? undefined : (Date.now() - startedAt) / MINUTE_MS;
  const ahead = elapsed === undefined ? undefined : aheadOfPlan(plan, step, elapsed);
  if (isJson) {
    output.data(JSON.stringify(planView(plan, step.id, ahead), null, 2));
    return 0;
  }
  for (const line of planLines(plan, step.id)) output.data(line);
  output.data("");
  output.data(standingLine(step.number, elapsed, ahead));
  return 0;
}

/** The table of the plan. */
export function planLines({ length, items, leftMinutes, bonus }: Plan, current: string): string[] {
  return [
    `Plan for ${LENGTHS[length]} minutes`,
    "",
    ...items.map(({ step, startsAt, minutes, isShown }) => {
      const mark = step?.id === current ? ">" : " ";
      const title = step ? `${step.title}${isShown ? " (you show it)" : ""}` : "Break";
      return `${mark} ${clock(startsAt)}  ${(step?.number ?? "").padStart(3)}  ${
        fit(title, TITLE_WIDTH)
      }${String(minutes).padStart(4)} min`;
    }),
    "",
    leftMinutes >= 0
      ? `${leftMinutes} min are left for questions` +
        (bonus.length === 0 ? "" : `, or for bonus ${bonus.map(({ number }) => number).join(", ")}`)
      : `${-leftMinutes} min too long: leave something out`,
  ];
}

function standingLine(number: string, elapsed?: number, ahead?: number): string {
  if (elapsed === undefined) return "Not started yet";
  const at = `${Math.round(elapsed)} min after the start, you are at step ${number}`;
  if (ahead === undefined) return `${at}, which is not in the plan`;
  const minutes = Math.round(Math.abs(ahead));
  return `${at}: ${minutes === 0 ? "on time" : `${minutes} min ${ahead > 0 ? "ahead" : "behind"}`}`;
}

function planView({ length, items, leftMinutes, bonus }: Plan, current: string, ahead?: number) {
  return {
    minutes: LENGTHS[length],
    items: items.map(({ step, startsAt, minutes, isShown }) => ({
      startsAtMinutes: startsAt,
      minutes,
      ...step ? { number: step.number, id: step.id, isShown } : { break: true },
    })),
    leftMinutes,
    bonus: bonus.map(({ id }) => id),
    current,
    ...ahead !== undefined && { aheadMinutes: Math.round(ahead * 10) / 10 },
  };
}

/** A time since the start: `1:05`. */
function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
