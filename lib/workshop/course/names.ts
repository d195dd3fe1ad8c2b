/** The file with everything that all steps of a course share. */
export const COURSE_FILE = "course.yaml";

/** The characters in the id of a course, step, condition, or question. */
export const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The number and id of a step from its file name: `10` and `see-manual` from `10-see-manual.yaml`,
 * `8a` and `first-span` from `08a-first-span.yaml`; undefined for other names.
 */
export function readStepFileName(name: string): { number: string; id: string } | undefined {
  const [, digits, letter = "", id] = /^(\d{2})([a-z]?)-(.+)\.yaml$/.exec(name) ?? [];
  return id === undefined ? undefined : { number: Number(digits) + letter, id };
}

/** For sorting steps by their numbers: 8 comes before 8a, and 8b before 10. */
export function compareNumbers(a: string, b: string): number {
  return parseInt(a) - parseInt(b) || (a < b ? -1 : a > b ? 1 : 0);
}
