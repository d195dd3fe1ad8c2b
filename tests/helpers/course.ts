import { stringify } from "yaml";
import type { CourseFile } from "../../lib/workshop/course/read_course.ts";

/** A step's file. The given members replace the defaults; `undefined` removes one. */
export function stepFile(name: string, given: Record<string, unknown> = {}): CourseFile {
  const step = {
    id: name.slice("NN-".length, -".yaml".length),
    title: "See it",
    part: "Manual",
    minutes: 3,
    text: "Look.",
    conditions: [{ id: "answers", says: "/ answers 200", http: { path: "/", status: 200 } }],
    hints: ["Is it there?", "In the terminal.", "Start it."],
    question: "Why?",
    answer: "Because.",
    notes: "Say it twice.",
    ...given,
  };
  return { name, text: stringify(step) };
}

/** The course's own file. */
export function courseFile(given: Record<string, unknown> = {}): CourseFile {
  const course = { format: 1, id: "test", title: "A test", ...given };
  return { name: "course.yaml", text: stringify(course) };
}
