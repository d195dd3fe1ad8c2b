import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { learnerInFileOrder } from "../../helpers/quiz_order.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { fromSources } from "../../helpers/program.ts";
import { runHere } from "../../helpers/run_here.ts";

const NEEDS = ["env", "read", "write"] as const;

const COURSE = courseFile({
  quiz: ["one", "two"].map((id) => ({
    id,
    topic: id === "one" ? "basics" : "more",
    asks: `Why ${id}?`,
    choices: [
      { text: "Because", right: true, why: "So it is." },
      { text: "No reason", why: "There is always one." },
    ],
  })),
});

async function withCourse(use: (flags: string[]) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    for (const { name, text } of [COURSE, stepFile("01-a.yaml")]) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    // The order of choices is the learner's.
    const progress = { steps: {}, answers: {}, learner: learnerInFileOrder(["one", "two"]) };
    await Deno.mkdir(`${folder}/data`);
    await Deno.writeTextFile(
      `${folder}/data/progress.json`,
      JSON.stringify({ format: 1, courses: { test: progress } }),
    );
    await use([`--course=${folder}`, `--progress=${folder}/data/progress.json`]);
  });
}

testWith(NEEDS, "quiz accepts answers on the command line, explains, and saves them", async () => {
  await withCourse(async (flags) => {
    const { code, data } = await runHere("quiz", "--answer=one=1", "--answer=two=2", ...flags);
    assertEquals(code, 1);
    assertEquals(
      data,
      "Right: So it is.\n\nWrong: There is always one.\n\n1 of 2 right, 1 at the first try",
    );
    const json = await runHere("quiz", "--answer=two=1", "--json", ...flags);
    assertEquals([json.code, JSON.parse(json.data).correct], [0, 1]);
    // The second try is right, but the first one wasn't.
    assertEquals(JSON.parse(json.data).atFirstTry, 0);
    const { courses } = JSON.parse(await Deno.readTextFile(flags[1]!.split("=")[1]!));
    assertEquals(courses.test.answers, { one: true, two: true });
  });
});

testWith(NEEDS, "quiz reports an unknown question, topic, or choice", async () => {
  await withCourse(async (flags) => {
    for (
      const [args, message] of [
        [["three"], 'Unknown question "three": expected one of one, two'],
        [["--topic=x"], 'Cannot use --topic "x": expected one of basics, more'],
        [["--answer=one=3"], 'Cannot use --answer "one=3": expected one= and a number up to 2'],
      ] as const
    ) {
      const { code, status } = await runHere("quiz", ...args, ...flags);
      assertEquals(code, 2);
      assertStringIncludes(status, message);
    }
  });
});

testWith(
  [...NEEDS, "run"],
  "quiz asks line by line, and again after an invalid choice",
  async () => {
    await withCourse(async (flags) => {
      const { stdout, stderr, code } = await typeInto("x\n1\n2\n", flags);
      assertEquals(code, 1);
      assertMatch(stdout, /^Why one\?\n {2}1 {2}Because\n {2}2 {2}No reason\nRight: So it is\./);
      assertMatch(stdout, /1 of 2 right, 1 at the first try\n$/);
      assertStringIncludes(stderr, 'Cannot use "x": expected a number up to 2');

      const ended = await typeInto("1\n", flags);
      assertMatch(ended.stdout, /1 of 1 right, 1 at the first try\n$/);
      const topic = await typeInto("1\n", [...flags, "--topic=more"]);
      assertMatch(topic.stdout, /^Why two\?/);
      assertEquals(topic.code, 0);
    });
  },
);

async function typeInto(text: string, flags: string[]) {
  const { command, args } = fromSources("main.ts", ["write"]);
  const child = new Deno.Command(command, {
    args: [...args, "quiz", ...flags],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
