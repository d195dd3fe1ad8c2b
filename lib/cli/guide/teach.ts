import type { Step } from "../../workshop/course/step.ts";
import { type CourseTiming, courseTiming, type StepTiming } from "../../workshop/timing/timing.ts";
import type { CommandContext } from "../command.ts";
import { fit, oneLine, paragraph } from "../terminal/text.ts";
import type { WordOptions } from "./word.ts";
import { heading } from "./report.ts";

const TITLE_WIDTH = 47;
const MINUTES_WIDTH = 8;

/** The teacher's view of a step: the time so far, then the teacher's notes. It doesn't begin the step. */
export function teach(
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): number {
  const { course, progress } = session;
  const timing = courseTiming(course, progress, Date.now());
  if (isJson) {
    output.data(JSON.stringify(viewOf(step, timing), null, 2));
    return 0;
  }
  for (const line of timingLines(timing)) output.data(line);
  output.data("");
  output.data(heading(step, course));
  output.data("");
  output.data(step.notes.trimEnd());
  output.data("");
  output.data(paragraph(`Question: ${oneLine(step.question)}`));
  output.data(paragraph(`Answer: ${oneLine(step.answer)}`));
  return 0;
}

/** The table of steps, and the learner's position compared with the plan. */
export function timingLines(timing: CourseTiming): string[] {
  const { steps, startedAt, plannedMinutes, usedMinutes, leftMinutes } = timing;
  const shown = steps.filter(({ step, startedAt }) => !step.bonus || startedAt !== undefined);
  return [
    row(" ", "", "Time, in minutes", "planned", "used"),
    ...shown.map(stepRow),
    "",
    startedAt === undefined
      ? `Not started; ${leftMinutes} min planned.`
      : `Started at ${timeOfDay(startedAt)}. Planned up to here: ${
        Math.round(plannedMinutes)
      } min, ` +
        `used: ${Math.round(usedMinutes)} min, ${againstPlan(plannedMinutes - usedMinutes)}.`,
    ...startedAt === undefined ? [] : [`${Math.round(leftMinutes)} min planned for the rest.`],
  ];
}

function stepRow({ step, usedMinutes, startedAt, isRunning }: StepTiming): string {
  const used = usedMinutes === undefined
    ? startedAt === undefined ? "" : "?"
    : String(Math.round(usedMinutes));
  return row(isRunning ? ">" : " ", step.number, step.title, String(step.minutes), used);
}

function row(mark: string, number: string, title: string, planned: string, used: string): string {
  const minutes = planned.padStart(MINUTES_WIDTH) + used.padStart(MINUTES_WIDTH);
  return `${mark} ${number.padStart(3)}  ${fit(title, TITLE_WIDTH)}${minutes}`.trimEnd();
}

function againstPlan(aheadMinutes: number): string {
  const minutes = Math.round(Math.abs(aheadMinutes));
  if (minutes === 0) return "on time";
  return `${minutes} min ${aheadMinutes > 0 ? "ahead" : "behind"}`;
}

/** The local time of day: `14:03`. */
function timeOfDay(millis: number): string {
  const date = new Date(millis);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0"))
    .join(":");
}

function viewOf(
  { number, id, title, minutes, notes, question, answer }: Step,
  timing: CourseTiming,
) {
  const { steps, startedAt, plannedMinutes, usedMinutes, leftMinutes } = timing;
  return {
    step: { number, id, title, minutes, notes, question, answer },
    timing: {
      ...startedAt !== undefined && { startedAt: new Date(startedAt).toISOString() },
      plannedMinutes: tenths(plannedMinutes),
      usedMinutes: tenths(usedMinutes),
      aheadMinutes: tenths(plannedMinutes - usedMinutes),
      leftMinutes: tenths(leftMinutes),
      steps: steps.map(({ step, startedAt, usedMinutes, isRunning }) => ({
        number: step.number,
        id: step.id,
        plannedMinutes: step.minutes,
        ...startedAt !== undefined && { startedAt: new Date(startedAt).toISOString() },
        ...usedMinutes !== undefined && { usedMinutes: tenths(usedMinutes) },
        isRunning,
      })),
    },
  };
}

function tenths(minutes: number): number {
  return Math.round(minutes * 10) / 10;
}
