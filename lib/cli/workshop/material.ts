import { readProgramFile } from "../../program_files.ts";
import type { Course } from "../../workshop/course/step.ts";
import { defineCommand } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import { writeNew } from "../files/write_new.ts";
import type { FlagTable } from "../flags/flags.ts";
import { courseToPrint } from "./print_course.ts";

const FLAGS = {
  course: { placeholder: "DIR", nonEmpty: true, help: "Folder of your own course" },
  force: { aliases: ["f"], help: "Overwrite the file" },
} as const satisfies FlagTable;

/** `otel-kit workshop handout`: the course on paper. */
export const handout = material({
  word: "handout",
  about:
    "Writes the course as a page to print (default handout.html): every step with its checks " +
    "to tick and room for an answer, and the answers at the end. It needs no other files.",
  async render(course) {
    return (await import("../../workshop/handout/handout.ts")).handoutHtml(course);
  },
});

/** `otel-kit workshop slides`: the course for the wall. */
export const slides = material({
  word: "slides",
  about: "Writes slides made from the steps (default slides.html), with reveal.js inside: one " +
    "file that needs no network. Add ?notes to its address to see the teacher's notes.",
  async render(course) {
    const [script, style] = await Promise.all([readText("slides.js"), readText("slides.css")]);
    const { slidesHtml } = await import("../../workshop/handout/slides.ts");
    return slidesHtml(course, { script, style });
  },
});

interface Material {
  word: string;
  about: string;
  render(course: Course): Promise<string>;
}

/** A word of `workshop` that writes a page about a course. */
function material({ word, about, render }: Material) {
  return defineCommand({
    name: `workshop ${word}`,
    flags: FLAGS,
    arguments: "mixed",
    help: () => ({ usage: "[FILE.html] [flags]", about }),
    async run({ flags: { course, force }, rest: [file = `${word}.html`, other] }, { output }) {
      if (other !== undefined || !/\.html$/i.test(file)) {
        throw new UsageError(
          `Cannot use "${other ?? file}": expected one name that ends with .html`,
        );
      }
      await writeNew(file, await render(await courseToPrint(course)), force);
      output.data(file);
      return 0;
    },
  });
}

async function readText(name: string): Promise<string> {
  const bytes = await readProgramFile(`page/${name}`);
  if (!bytes) {
    throw new StartError("Cannot make slides: the page is not built. Run `deno task page`");
  }
  return new TextDecoder().decode(bytes);
}
