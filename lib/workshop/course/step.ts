import * as v from "valibot";
import { type Check, type CheckKind, CHECKS, type Reason, REASONS } from "./check.ts";
import { HINT_COUNT } from "./hint_count.ts";
import { id, text } from "./words.ts";

const MILLIS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };
const KINDS = Object.keys(CHECKS) as CheckKind[];

const duration = v.pipe(
  v.string(),
  v.regex(/^\d+(ms|s|m)$/, "expected a time such as 15s"),
  v.transform((written) => parseInt(written) * MILLIS[written.replace(/^\d+/, "")]!),
);

/** One of the things that must be so for a step to be passed. */
export interface Condition {
  id: string;
  /** In words, as it will be when it is met. */
  says: string;
  /** What to tell the learner, by the reason. */
  fails: Partial<Record<Reason, string>>;
  /** How long it is waited for; undefined: as long as its kind usually takes. */
  withinMillis?: number;
  check: Check;
}

/** As written: what is checked stands under the name of its kind. */
const condition = v.pipe(
  v.looseObject({
    id,
    says: text,
    fails: v.optional(v.record(v.string(), text), {}),
    within: v.exactOptional(duration),
  }),
  v.rawTransform(
    ({ dataset: { value: { id, says, fails, within, ...rest } }, addIssue, NEVER }) => {
      const [kind, ...others] = Object.keys(rest) as CheckKind[];
      if (kind === undefined || others.length > 0 || !KINDS.includes(kind)) {
        addIssue({ message: `expected one of ${KINDS.join(", ")} and nothing beside it` });
        return NEVER;
      }
      const reasons: readonly string[] = REASONS[kind];
      for (const reason of Object.keys(fails).filter((name) => !reasons.includes(name))) {
        addIssue({ message: `unknown reason "${reason}": expected one of ${reasons.join(", ")}` });
      }
      const written = rest[kind];
      const result = v.safeParse(
        CHECKS[kind],
        typeof written === "object" ? { ...renameKind(written), kind } : written,
      );
      if (!result.success) {
        for (const { message, path } of result.issues) {
          addIssue({ message: `${[kind, ...keysOf(path)].join(".")}: ${message}` });
        }
        return NEVER;
      }
      return {
        id,
        says,
        fails,
        ...within !== undefined && { withinMillis: within },
        check: result.output,
      } as Condition;
    },
  ),
);

const flags = v.optional(v.array(v.string()), []);

/** What is done, in order, for a learner who asks for the solution, and by the course's own proof. */
const action = v.union([
  /**
   * Starts an app in the background: a built-in mode, or a file of the learner's folder, which stands
   * in for the mode where both are given and there is a folder. `auto` instruments it from outside.
   */
  v.strictObject({
    start: v.union([
      v.strictObject({
        mode: v.picklist(["base", "manual", "middleware", "auto"]),
        file: v.exactOptional(text),
        flags,
      }),
      v.strictObject({ file: text, auto: v.optional(v.boolean(), false), flags }),
    ]),
  }),
  v.strictObject({ stop: v.literal("app") }),
  /** Sends GET requests to the app. */
  v.strictObject({
    request: v.strictObject({
      path: text,
      times: v.optional(v.pipe(v.number(), v.minValue(1)), 1),
    }),
  }),
  /** Copies files of the course's folder `solution/` to the learner's folder, `/` between parts. */
  v.strictObject({ write: v.pipe(v.array(text), v.minLength(1)) }),
  /** Answers questions: the choice by its number from 1, or all right. */
  v.strictObject({ answer: v.strictObject({ quiz: v.pipe(v.array(id), v.minLength(1)) }) }),
  /** Writes the compose files into a folder of the learner's folder. */
  v.strictObject({ collectorDemo: v.strictObject({ dir: text }) }),
  /** Waits until conditions of the step are met. */
  v.strictObject({ wait: v.pipe(v.array(id), v.minLength(1)) }),
]);

/** A step as its file has it. */
export const STEP = v.strictObject({
  id,
  title: text,
  /** The heading it stands under. */
  part: text,
  /** Past the end of the course, for who wants more. */
  bonus: v.optional(v.boolean(), false),
  minutes: v.pipe(v.number(), v.minValue(1)),
  /** The tutorial's page and anchor. */
  tutorial: v.exactOptional(text),
  /** Paragraphs, lists and blocks of commands in Markdown. */
  text,
  /** Where the embedded collector stands in for a tool, and what would differ. */
  embedded: v.exactOptional(text),
  /** A mode of the app before and after, for the lesson in color. */
  diff: v.exactOptional(v.tuple([text, text])),
  conditions: v.pipe(v.array(condition), v.minLength(1, "expected at least one condition")),
  /** A question, where to look, the exact change. */
  hints: v.pipe(
    v.array(text),
    v.length(HINT_COUNT, "expected three hints: a question, where, what exactly"),
  ),
  question: text,
  answer: text,
  /** For the teacher: say, ask, expect, common mistake, cut if late. */
  notes: text,
  solution: v.optional(v.array(action), []),
});

/** A question of the quiz. */
export const QUESTION = v.pipe(
  v.strictObject({
    id,
    topic: text,
    asks: text,
    choices: v.pipe(
      v.array(v.strictObject({ text, right: v.optional(v.boolean(), false), why: text })),
      v.minLength(2, "expected at least two choices"),
    ),
    tutorial: v.exactOptional(text),
  }),
  v.check(
    ({ choices }) => choices.filter(({ right }) => right).length === 1,
    "expected exactly one right choice",
  ),
);

/** The file `course.yaml`. */
export const COURSE = v.strictObject({
  format: v.literal(1, "expected format 1, which is what this version reads"),
  id,
  title: text,
  /** Stand in steps for texts that several have in common: `$manual`. */
  variables: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z]*$/)), text), {}),
  /** What to tell where a condition has no text of its own, by its kind and the reason. */
  fails: v.optional(
    v.record(v.picklist(KINDS), v.record(v.picklist(Object.values(REASONS).flat()), text)),
    {},
  ),
  quiz: v.optional(v.array(QUESTION), []),
});

export type Action = v.InferOutput<typeof action>;
export type Question = v.InferOutput<typeof QUESTION>;

/** A step in its place. */
export interface Step extends v.InferOutput<typeof STEP> {
  /** From its file's name: `10-see-manual.yaml` is step 10. */
  number: number;
}

/** A course that can be taken. */
export interface Course {
  id: string;
  title: string;
  /** By their numbers. */
  steps: readonly Step[];
  quiz: readonly Question[];
}

/** The keys that lead to an issue. */
export function keysOf(path: readonly { key?: unknown }[] | undefined): string[] {
  return (path ?? []).map(({ key }) => String(key));
}

/** `kind` is what OpenTelemetry calls a span's; beside it stands the condition's own. */
function renameKind(written: unknown): Record<string, unknown> {
  const { kind, ...rest } = written as Record<string, unknown>;
  return kind === undefined ? rest : { ...rest, spanKind: kind };
}
