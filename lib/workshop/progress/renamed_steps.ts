import type { CourseProgress, StepProgress } from "./progress.ts";

/** What is needed of a step to carry over progress. */
interface PresentStep {
  id: string;
  number: string;
  /** The ID of the step that it was, or was a part of. */
  was?: string;
  conditions: readonly { id: string }[];
}

/**
 * Moves the progress of steps that the course no longer has to the steps that replace them, which
 * name them under `was`. If there are several, each gets the part of the evidence that it asks for.
 *
 * @returns A sentence for each step that was moved.
 */
export function carryOverSteps(steps: readonly PresentStep[], progress: CourseProgress): string[] {
  const heirs = Map.groupBy(
    steps.filter(({ was }) => was !== undefined && steps.every(({ id }) => id !== was)),
    ({ was }) => was!,
  );
  const lines: string[] = [];
  for (const [was, parts] of heirs) {
    const isCurrent = progress.current === was;
    const old = Object.hasOwn(progress.steps, was) ? progress.steps[was] : undefined;
    if (!old && !isCurrent) continue;
    if (isCurrent) progress.current = parts[0]!.id;
    if (old) { for (const part of parts) progress.steps[part.id] ??= shareOf(old, part); }
    delete progress.steps[was];
    const numbers = parts.map(({ number }) => number).join(", ");
    lines.push(
      `The step "${was}" is now ${parts.length === 1 ? "step" : "steps"} ${numbers}. ` +
        "Your progress was carried over",
    );
  }
  return lines;
}

function shareOf(old: StepProgress, { conditions }: PresentStep): StepProgress {
  const { done, ...rest } = structuredClone(old);
  if (!done) return rest;
  const evidence = Object.entries(done.evidence).filter(([conditionId]) =>
    conditions.some(({ id }) => id === conditionId)
  );
  return { ...rest, done: { ...done, evidence: Object.fromEntries(evidence) } };
}
