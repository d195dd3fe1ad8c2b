import * as v from "valibot";
import { type Check, type CheckKind, CHECKS, type Reason, REASONS } from "./check.ts";
import { HINT_COUNT } from "./hint_count.ts";
import { described, duration, id, optional, text } from "./words.ts";

const KINDS = Object.keys(CHECKS) as CheckKind[];

/** A condition for passing a step. */
export interface Condition {
  id: string;
  /** In words, as it reads once it is met. */
  says: string;
  /** Messages for the learner, by reason. */
  fails: Partial<Record<Reason, string>>;
  /** Hints, by reason, for a learner who asks for one. */
  helps?: Partial<Record<Reason, string>>;
  /** How long to wait for it; if undefined, as long as its kind usually takes. */
  withinMillis?: number;
  /** Conditions that must be met before this one is checked. */
  after?: readonly string[];
  /** Whether it is about the learner's own file, so that it is met without a folder. */
  isOwn?: boolean;
  check: Check;
}

/** As written: the check is under the name of its kind. */
export const CONDITION = v.pipe(
  v.looseObject({
    id,
    says: text,
    fails: v.optional(v.record(v.string(), text), {}),
    helps: v.exactOptional(v.record(v.string(), text)),
    within: v.exactOptional(duration),
    after: v.exactOptional(v.pipe(v.array(id), v.minLength(1))),
    own: v.exactOptional(v.boolean()),
  }),
  v.rawTransform(
    (
      {
        dataset: { value: { id, says, fails, helps, within, after, own, ...rest } },
        addIssue,
        NEVER,
      },
    ) => {
      const [kind, ...others] = Object.keys(rest) as CheckKind[];
      if (kind === undefined || others.length > 0 || !KINDS.includes(kind)) {
        addIssue({ message: `expected one of ${KINDS.join(", ")} and nothing else` });
        return NEVER;
      }
      const reasons: readonly string[] = REASONS[kind];
      const named = [...Object.keys(fails), ...Object.keys(helps ?? {})];
      for (const reason of named.filter((name) => !reasons.includes(name))) {
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
        ...helps && { helps },
        ...within !== undefined && { withinMillis: within },
        ...after && { after },
        ...own !== undefined && { isOwn: own },
        check: result.output,
      } as Condition;
    },
  ),
);

const variable = v.pipe(v.string(), v.regex(/^[A-Z_]+$/, "expected a name such as LAB_PORT"));
const flags = v.optional(described(v.array(v.string()), "Flags for the app"), []);

/** The actions of a solution, in order. They are for the learner, and for testing the course. */
const action = v.union([
  v.strictObject({
    start: described(
      v.union([
        v.strictObject({
          mode: v.picklist(["base", "manual", "middleware", "auto"]),
          file: v.exactOptional(text),
          flags,
        }),
        v.strictObject({ file: text, auto: v.optional(v.boolean(), false), flags }),
      ]),
      "Starts an app in the background: a built-in `mode`, or a `file` of the learner's folder, " +
        "which replaces the mode if both are given and a folder is set. `auto` instruments the " +
        "file with no code changes",
    ),
  }),
  v.strictObject({ stop: described(v.literal("app"), "Stops that app") }),
  v.strictObject({
    kit: described(
      v.strictObject({ args: v.pipe(v.array(text), v.minLength(1)), port: variable }),
      "Runs otel-kit with these arguments in the background, in the learner's folder, until the end " +
        "of the solution. It listens on the free port in the variable `port`, which later flags can " +
        "contain as `${NAME}`, and sends to the guide's collector",
    ),
  }),
  v.strictObject({ stopKit: described(variable, "Stops the one with that port") }),
  v.strictObject({
    stopDuring: described(
      v.pipe(v.array(id), v.minLength(1)),
      "Sends a request, stops the app at once, and waits until these conditions are met",
    ),
  }),
  v.strictObject({
    request: described(
      v.strictObject({
        path: text,
        headers: v.optional(v.record(text, text), {}),
        times: v.optional(v.pipe(v.number(), v.minValue(1)), 1),
      }),
      "Sends GET requests to the app",
    ),
  }),
  v.strictObject({
    write: described(
      v.pipe(
        v.array(v.union([
          v.pipe(text, v.transform((file) => ({ file, from: file }))),
          v.strictObject({ file: text, from: text }),
        ])),
        v.minLength(1),
      ),
      "Copies files from the course's `solution/` folder to the learner's folder: a path in both, " +
        "or `file` in the learner's and `from` in the other, for a file that several steps change",
    ),
  }),
  v.strictObject({
    answer: described(
      v.strictObject({ quiz: v.pipe(v.array(id), v.minLength(1)) }),
      "Answers questions correctly",
    ),
  }),
  v.strictObject({
    collectorDemo: described(
      v.strictObject({ dir: text }),
      "Writes the compose files into a folder of the learner's folder",
    ),
  }),
  v.strictObject({
    wait: described(
      v.pipe(v.array(id), v.minLength(1)),
      "Waits until these conditions of the step are met",
    ),
  }),
]);

/** The actions of solutions, for the reference. */
export const ACTIONS = action.options;

/** A step, as written in its file. */
export const STEP = v.strictObject({
  id: described(id, "Unique name of the step"),
  was: optional(
    id,
    "ID of the step that it was, or was a part of, before it was renamed: progress is carried over",
  ),
  title: described(text, "Title"),
  part: described(text, "Heading that the step is listed under"),
  bonus: v.optional(
    described(v.boolean(), "Whether the step is optional, for anyone who finishes early"),
    false,
  ),
  minutes: described(v.pipe(v.number(), v.minValue(1)), "Planned time"),
  tutorial: optional(text, "Page and anchor of the tutorial"),
  text: described(text, "Instructions: paragraphs, lists, and code blocks in Markdown"),
  diff: optional(v.tuple([text, text]), "Two modes whose code the step compares"),
  conditions: described(
    v.pipe(v.array(CONDITION), v.minLength(1, "expected at least one condition")),
    "What must be true for the step to pass; see below",
  ),
  hints: described(
    v.pipe(
      v.array(text),
      v.length(HINT_COUNT, "expected three hints: a question, where to look, the exact change"),
    ),
    "Three hints: a question, where to look, the exact change",
  ),
  question: described(text, "Question to think about"),
  answer: described(text, "Its answer"),
  notes: described(
    text,
    "For the teacher: what to say, ask, and expect, common mistakes, what to cut if time is short",
  ),
  solution: v.optional(described(v.array(action), "What `guide solve` does; see below"), []),
});

/** A question of the quiz. */
export const QUESTION = v.pipe(
  v.strictObject({
    id: described(id, "Unique name of the question"),
    topic: described(text, "Topic, for `quiz --topic`"),
    asks: described(text, "The question"),
    choices: described(
      v.pipe(
        v.array(v.strictObject({ text, right: v.optional(v.boolean(), false), why: text })),
        v.minLength(2, "expected at least two choices"),
      ),
      "The choices: `text`, `why`, and `right: true` for exactly one",
    ),
    tutorial: optional(text, "Page and anchor of the tutorial"),
    onlyIn: optional(
      id,
      "ID of the step without which the question makes no sense: `quiz` asks it only by its ID",
    ),
  }),
  v.check(
    ({ choices }) => choices.filter(({ right }) => right).length === 1,
    "expected exactly one right choice",
  ),
);

const TEXTS_BY_REASON = v.record(
  v.picklist(KINDS),
  v.record(v.picklist(Object.values(REASONS).flat()), text),
);

/** The file `course.yaml`. */
export const COURSE = v.strictObject({
  format: described(
    v.literal(1, "expected format 1, the only one that this version reads"),
    "Version of this format",
  ),
  id: described(id, "Unique name of the course"),
  title: described(text, "Title"),
  variables: v.optional(
    described(
      v.record(v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z]*$/)), text),
      "Texts that steps insert by name, such as `$manual`",
    ),
    {},
  ),
  fails: v.optional(
    described(TEXTS_BY_REASON, "Default messages for unmet conditions, by kind and reason"),
    {},
  ),
  helps: v.optional(
    described(TEXTS_BY_REASON, "Default hints for unmet conditions, by kind and reason"),
    {},
  ),
  hints: v.optional(
    described(
      v.record(id, text),
      "Hints by the first broken link between app and tool, such as `app` or `span-end`",
    ),
    {},
  ),
  quiz: v.optional(described(v.array(QUESTION), "Questions; see below"), []),
});

export type Action = v.InferOutput<typeof action>;
export type Question = v.InferOutput<typeof QUESTION>;

/** A step with its position in the course. */
export interface Step extends v.InferOutput<typeof STEP> {
  /** From its file's name: `10-see-manual.yaml` is step 10, and `08a-first-span.yaml` is step 8a. */
  number: string;
}

/** A valid course. */
export interface Course {
  id: string;
  title: string;
  /** In the order of their numbers. */
  steps: readonly Step[];
  quiz: readonly Question[];
  /** By the name of a broken link. */
  hints: Readonly<Record<string, string>>;
}

/** The keys that lead to an issue. */
export function keysOf(path: readonly { key?: unknown }[] | undefined): string[] {
  return (path ?? []).map(({ key }) => String(key));
}

/**
 * Renames `kind`, OpenTelemetry's term for the kind of a span, because the condition has its own.
 */
function renameKind(written: unknown): Record<string, unknown> {
  const { kind, ...rest } = written as Record<string, unknown>;
  return kind === undefined ? rest : { ...rest, spanKind: kind };
}
