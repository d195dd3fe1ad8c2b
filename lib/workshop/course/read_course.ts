import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { parseDocument } from "yaml";
import { readFolderText } from "../../program_files.ts";
import { tagMistakes } from "./fill_in.ts";
import { compareNumbers, COURSE_FILE, readStepFileName } from "./names.ts";
import { COURSE, type Course, keysOf, type Question, STEP, type Step } from "./step.ts";

/** A file of a course, from a folder or from the executable. */
export interface CourseFile {
  name: string;
  text: string;
}

/** A course is invalid: the message names the file, the place in it, and what was expected. */
export class CourseError extends Error {
  override name = "CourseError";
}

// `$env:NAME` is PowerShell.
const VARIABLE = /\$([a-z][a-zA-Z]*)\b(?!:)/g;

/**
 * Reads a course from a folder: `course.yaml` and a file for each step, `NN-id.yaml` or
 * `NNx-id.yaml` with a letter.
 *
 * @throws {CourseError} If there is no course, or an invalid one; reports all mistakes at once.
 */
export async function readCourse(folder: string | URL): Promise<Course> {
  const files: CourseFile[] = [];
  try {
    const url = typeof folder === "string" ? pathToFileURL(`${folder}/`) : folder;
    for await (const { name: entry, isFile } of Deno.readDir(folder)) {
      if (!isFile || !/\.yaml(\.gz)?$/.test(entry)) continue;
      const { path: name, text } = await readFolderText(url, entry);
      if (name.endsWith(".yaml")) files.push({ name, text });
    }
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound ? "there is no such folder" : error;
    throw new CourseError(`Cannot read the course in ${folder}: ${reason}`, { cause: error });
  }
  return parseCourse(files);
}

/** Like {@linkcode readCourse}, for files that have already been read. */
export function parseCourse(files: readonly CourseFile[]): Course {
  const mistakes: string[] = [];
  const head = files.find(({ name }) => name === COURSE_FILE);
  if (!head) throw new CourseError(`Cannot read a course: expected a file ${COURSE_FILE}`);
  const course = read(head, COURSE, {}, mistakes);
  const variables = course?.variables ?? {};

  const steps: Step[] = [];
  for (const file of files.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
    if (file === head) continue;
    const place = readStepFileName(file.name);
    if (!place) {
      mistakes.push(`${file.name}: expected a name such as 10-see-manual.yaml`);
      continue;
    }
    const step = read(file, STEP, variables, mistakes);
    if (!step) continue;
    if (step.id !== place.id) {
      mistakes.push(`${file.name}: id "${step.id}": expected "${place.id}", as named`);
    }
    const conditions = step.conditions.map((condition) => ({
      ...condition,
      fails: { ...course?.fails[condition.check.kind], ...condition.fails },
      helps: { ...course?.helps[condition.check.kind], ...condition.helps },
    }));
    steps.push({ ...step, conditions, number: place.number });
    mistakes.push(...mistakesOf(step, course?.quiz ?? []).map((text) => `${file.name}: ${text}`));
  }
  steps.sort((a, b) => compareNumbers(a.number, b.number));
  if (course && steps.length === 0) mistakes.push("expected a step, 01-id.yaml");
  mistakes.push(...repeated(steps.map(({ number }) => `step ${number}`)));
  mistakes.push(...repeated(steps.map(({ id }) => `step "${id}"`)));
  mistakes.push(
    ...(course?.quiz ?? []).filter(({ onlyIn }) =>
      onlyIn !== undefined && steps.every(({ id }) => id !== onlyIn)
    ).map(({ id, onlyIn }) => `question "${id}" is only in "${onlyIn}": expected the ID of a step`),
  );
  mistakes.push(...repeated((course?.quiz ?? []).map(({ id }) => `question "${id}"`)));
  if (!course || mistakes.length > 0) {
    throw new CourseError(`Cannot use the course:\n  ${mistakes.join("\n  ")}`);
  }
  return { id: course.id, title: course.title, steps, quiz: course.quiz, hints: course.hints };
}

function read<S extends v.GenericSchema>(
  { name, text }: CourseFile,
  schema: S,
  variables: Record<string, string>,
  mistakes: string[],
): v.InferOutput<S> | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    mistakes.push(...document.errors.map(({ message }) => `${name}: ${message.split("\n")[0]}`));
    return undefined;
  }
  const unknown = new Set<string>();
  const filled = fill(document.toJS(), variables, unknown);
  mistakes.push(
    ...unknown.values().map((variable) =>
      `${name}: unknown variable $${variable}: expected one that ${COURSE_FILE} defines under variables`
    ),
  );
  mistakes.push(...textsIn(filled).flatMap(tagMistakes).map((mistake) => `${name}: ${mistake}`));
  const result = v.safeParse(schema, filled);
  if (result.success) return result.output;
  mistakes.push(
    ...result.issues.map(({ message, path }) =>
      `${[name, ...keysOf(path)].join(" > ")}: ${message}`
    ),
  );
  return undefined;
}

/** Substitutes the course's variables; shell variables in capitals are left unchanged. */
function fill(value: unknown, variables: Record<string, string>, unknown: Set<string>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(VARIABLE, (written, name: string) => {
      if (!Object.hasOwn(variables, name)) unknown.add(name);
      return variables[name] ?? written;
    });
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, variables, unknown));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, variables, unknown)]),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A step's references to things that don't exist. */
function mistakesOf(step: Omit<Step, "number">, quiz: readonly Question[]): string[] {
  const conditionIds = step.conditions.map(({ id }) => id);
  const questionIds = quiz.map(({ id }) => id);
  const asked = [
    ...step.conditions.flatMap(({ check }) => check.kind === "quiz" ? check.questions : []),
    ...step.solution.flatMap((action) => "answer" in action ? action.answer.quiz : []),
  ];
  const awaited = step.solution.flatMap((action) =>
    "wait" in action ? action.wait : "stopDuring" in action ? action.stopDuring : []
  );
  const late = step.conditions.flatMap(({ id, after = [] }, i) =>
    after.filter((other) => !conditionIds.slice(0, i).includes(other)).map((other) =>
      `condition "${id}" comes after "${other}": expected a condition above it`
    )
  );
  return [
    ...repeated(conditionIds.map((id) => `condition "${id}"`)),
    ...late,
    ...asked.filter((id) => !questionIds.includes(id)).map((id) =>
      `question "${id}": expected one that ${COURSE_FILE} defines under quiz`
    ),
    ...awaited.filter((id) => !conditionIds.includes(id)).map((id) =>
      `solution waits for "${id}": expected one of ${conditionIds.join(", ")}`
    ),
  ];
}

function repeated(names: readonly string[]): string[] {
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  return [...new Set(twice)].map((name) => `${name} appears twice`);
}
