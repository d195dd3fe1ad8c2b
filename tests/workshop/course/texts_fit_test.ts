import { assertEquals } from "@std/assert";
import { fillInCourse } from "../../../lib/workshop/course/fill_in.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import type { Course, Step } from "../../../lib/workshop/course/step.ts";
import { bareCommands } from "../../helpers/bare_commands.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";
import { textsOf } from "../../helpers/step_texts.ts";
import { TEST_SETTINGS } from "../../helpers/text_settings.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);

/** Pages that have a fixed port only where the real servers run. */
const PAGE_PORTS = /\b(?:4319|16686|9411|9090|13133|8888)\b/g;
/** Of the programs that the learner starts in steps 5a to 5c. */
const LAB_PORTS = ["25318", "34318", "34319"];
/** What the executable runs without a folder. */
const FOLDER_TASK = /deno\s+task\s+(?:base|manual|middleware)\b/g;

const course: Course = areGranted(["read"])
  ? await readCourse(STEPS)
  : { id: "", title: "", steps: [], quiz: [], hints: {} };

for (const [name, setting] of Object.entries(TEST_SETTINGS)) {
  const { values, states, command } = setting;
  const ports = new Set(
    Object.values(values).flatMap((value) => [...value.matchAll(/:(\d+)/g)]).map(([, port]) =>
      port
    ),
  );
  for (const step of fillInCourse(course, setting).steps) {
    testWith(["read"], `step ${step.number} fits what runs: ${name}`, () => {
      assertEquals(found(step, /\{\{|\}\}/g), [], "a placeholder that nobody fills in");
      const others = found(step, /(?:localhost|127\.0\.0\.1):\d+/g)
        .filter((address) => ![...ports, ...LAB_PORTS].includes(address.split(":")[1]!));
      assertEquals(others, [], "an address of something that isn't there");
      const pages = found(step, PAGE_PORTS).filter((port) => !ports.has(port));
      assertEquals(pages, [], "a port of something that isn't there");
      if (command !== "otel-kit") {
        assertEquals(textsOf(step).flatMap(bareCommands), [], "not callable here");
      }
      if (states.embedded) assertEquals(found(step, /docker\s+(?:compose|run|ps)\b/g), []);
      if (!states.folder) assertEquals(found(step, FOLDER_TASK), [], "a task without a folder");
    });
  }
}

function found(step: Step, pattern: RegExp): string[] {
  return textsOf(step).flatMap((text) => [...text.matchAll(pattern)].map(([match]) => match));
}
