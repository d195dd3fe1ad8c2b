/** The file with everything that all steps of a course share. */
export const COURSE_FILE = "course.yaml";

/** The characters in the id of a course, step, condition, or question. */
export const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The number and id of a step from its file name, `10-see-manual.yaml`; undefined for other names.
 */
export function readStepFileName(name: string): { number: number; id: string } | undefined {
  const [, number, id] = /^(\d{2})-(.+)\.yaml$/.exec(name) ?? [];
  return id === undefined ? undefined : { number: Number(number), id };
}
