import * as v from "valibot";
import { parseDocument } from "yaml";
import { CourseError } from "./read_course.ts";
import { CONDITION, type Condition, keysOf } from "./step.ts";
import type { CheckKind } from "./check.ts";

/** The kinds of conditions that are about telemetry only. */
export const EXPECTATION_KINDS = ["trace", "spans", "metric", "log", "hints"] as const;

const EXPECTATIONS = v.strictObject({
  format: v.optional(v.literal(1, "expected format 1, the only one that this version reads"), 1),
  expect: v.pipe(
    v.array(v.record(v.string(), v.unknown())),
    v.minLength(1, "expected at least one expectation"),
    // Only steps refer to conditions by their id.
    v.transform((items) =>
      items.map((item, index) => ({ id: `expectation-${index + 1}`, ...item }))
    ),
    v.array(CONDITION),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const allowed: readonly CheckKind[] = EXPECTATION_KINDS;
      for (const { id, check } of dataset.value) {
        if (allowed.includes(check.kind)) continue;
        addIssue({ message: `${id}: "${check.kind}": expected one of ${allowed.join(", ")}` });
      }
    }),
  ),
});

/**
 * Reads a file of expectations about telemetry: conditions in the format of a step, under `expect`.
 *
 * @throws {CourseError} If the file is invalid; reports all mistakes at once.
 */
export function parseExpectations(name: string, text: string): Condition[] {
  const document = parseDocument(text);
  const errors = document.errors.map(({ message }) => message.split("\n")[0]!);
  const result = errors.length > 0 ? undefined : v.safeParse(EXPECTATIONS, document.toJS());
  if (result?.success) return result.output.expect;
  const mistakes = result
    ? result.issues.map(({ message, path }) => [...keysOf(path), message].join(" > "))
    : errors;
  throw new CourseError(`Cannot use ${name}:\n  ${mistakes.join("\n  ")}`);
}
