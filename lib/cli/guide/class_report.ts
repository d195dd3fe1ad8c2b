import { ClassReporter, type LearnerStanding } from "../../class/class_reporter.ts";
import { MAX_NAME_LENGTH, readName } from "../../class/report.ts";
import type { GuideView } from "../../guests/guide.ts";
import { UsageError } from "../errors.ts";
import type { GivenGuideFlags } from "./guide_flags.ts";
import type { LiveGuide } from "./live/live_guide.ts";

/** The class that a learner takes part in, and the name there. */
export interface ClassPlace {
  url: string;
  name: string;
}

/**
 * The class that the flags name; undefined without `--class`.
 *
 * @throws {UsageError} If the URL or the name is missing or invalid.
 */
export function classOf({ class: url, name: given }: GivenGuideFlags): ClassPlace | undefined {
  if (url === undefined) return undefined;
  if (!URL.canParse(url) || !/^https?:\/\//.test(url)) {
    throw new UsageError(
      `Cannot use --class "${url}": expected the URL that the teacher's otel-kit class printed`,
    );
  }
  if (given === undefined) {
    throw new UsageError(
      "Cannot use --class alone: choose the name that the class sees with --name",
    );
  }
  return { url, name: checkName(given) };
}

/** @throws {UsageError} If no class would accept the name. */
export function checkName(given: string): string {
  const name = readName(given);
  if (name !== undefined) return name;
  throw new UsageError(`Cannot use --name "${given}": expected 1 to ${MAX_NAME_LENGTH} characters`);
}

/** Reports every change of a guide to a class until disposed, which waits for nothing. */
export function reportToClass(
  guide: Pick<LiveGuide, "subscribe" | "warn">,
  place: ClassPlace,
): AsyncDisposable {
  const reporter = new ClassReporter({ ...place, onProblem: (problem) => guide.warn(problem) });
  const changes = guide.subscribe((view) => reporter.update(classStanding(view)));
  return {
    async [Symbol.asyncDispose]() {
      changes[Symbol.dispose]();
      await reporter[Symbol.asyncDispose]();
    },
  };
}

/** The part of a guide's view that a class is told. */
export function classStanding({ step, isPassed, brokenLink }: GuideView): LearnerStanding {
  if (isPassed) return { step: step.id, state: step.state === "shown" ? "shown" : "done" };
  return { step: step.id, state: "begun", ...brokenLink && { link: brokenLink.name } };
}
