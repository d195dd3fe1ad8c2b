import { ID } from "../workshop/course/names.ts";

/** The path that guides report to; all others of a class are for the teacher. */
export const REPORTS_PATH = "/api/class/reports";

/** The longest name, in characters. */
export const MAX_NAME_LENGTH = 40;

const MAX_ID_LENGTH = 64;

/** How far a learner is in a step: begun, seen as its solution ran, or done. */
export const STATES = ["begun", "shown", "done"] as const;

/** Everything that a guide tells the class, and nothing else. */
export interface LearnerReport {
  /** Chosen by the learner. */
  name: string;
  /** The step's ID. */
  step: string;
  state: (typeof STATES)[number];
  /** The name of the first broken link between app and backend; left out if none is known. */
  link?: string;
}

/** The report in a request's body; undefined if it has anything but the fields of one. */
export function readReport(body: unknown): LearnerReport | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  const { name, step, state, link, ...others } = body as Record<string, unknown>;
  const known = STATES.find((one) => one === state);
  const read = readName(name);
  if (Object.keys(others).length > 0 || !known || read === undefined || !isId(step)) {
    return undefined;
  }
  if (link === undefined) return { name: read, step, state: known };
  return isId(link) ? { name: read, step, state: known, link } : undefined;
}

/** A name without surrounding or repeated spaces; undefined if it is empty or too long. */
export function readName(given: unknown): string | undefined {
  // Text that is far too long is not worth reading.
  if (typeof given !== "string" || given.length > 8 * MAX_NAME_LENGTH) return undefined;
  const name = given.normalize("NFC").trim().replaceAll(/\s+/g, " ");
  return name !== "" && [...name].length <= MAX_NAME_LENGTH ? name : undefined;
}

function isId(text: unknown): text is string {
  return typeof text === "string" && text.length <= MAX_ID_LENGTH && ID.test(text);
}
