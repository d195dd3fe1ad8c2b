import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ownCommand, readOwnProgram } from "../../../lib/cli/guide/own_command.ts";
import { bareCommands } from "../../helpers/bare_commands.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { runHere, runHereUntil } from "../../helpers/run_here.ts";
import { freePort } from "../../helpers/ports.ts";

const NEEDS = ["env", "read", "write"] as const;

testWith(NEEDS, "workshop init uses the course's template if there is one", async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/course/template`, { recursive: true });
    await Deno.writeTextFile(`${folder}/course/course.yaml`, "format: 1\n");
    await Deno.writeTextFile(`${folder}/course/template/app.ts`, "// app\n");
    const dir = `${folder}/mine`;
    const { code, status } = await runHere("workshop", "init", dir, `--course=${folder}/course`);
    assertEquals(code, 0, status);
    assertStringIncludes(status, ` guide --dir ${dir} --course ${folder}/course`);
    assertEquals((await Array.fromAsync(Deno.readDir(dir))).map(({ name }) => name), ["app.ts"]);
    const spaced = await runHere("workshop", "init", `${folder}/my own`);
    assertStringIncludes(spaced.status, ` guide --dir "${folder}/my own"`);
    const wrong = await runHere("workshop", "init", dir, `--course=${folder}/nowhere`);
    assertEquals(wrong.code, 2);
    assertStringIncludes(wrong.status, "expected a folder with a course.yaml");
  });
});

testWith(NEEDS, "workshop init sets up a folder, and overwrites nothing", async () => {
  await withFolder(async (folder) => {
    const dir = `${folder}/mine`;
    const first = await runHere("workshop", "init", dir);
    assertEquals(first.code, 0);
    assertStringIncludes(first.data, `${dir}/base.ts`);
    const readme = await Deno.readTextFile(`${dir}/README.md`);
    assertEquals(bareCommands(readme), [], "not callable in the folder");
    assertStringIncludes(readme, `${await ownCommand(dir, readOwnProgram())} guide hint`);
    await Deno.writeTextFile(`${dir}/manual.ts`, "// mine\n");
    const second = await runHere("workshop", "init", dir);
    assertEquals(second.code, 1);
    assertStringIncludes(second.status, "manual.ts");
    assertEquals(await Deno.readTextFile(`${dir}/manual.ts`), "// mine\n");
    assertEquals((await runHere("workshop", "init", dir, "--force")).code, 0);
    const nowhere = await runHere("workshop", "init", "");
    assertEquals(nowhere.code, 2);
    assertStringIncludes(nowhere.status, 'Cannot use "": expected one folder');
  });
});

testWith(NEEDS, "workshop new-step starts a course, and appends a step", async () => {
  await withFolder(async (folder) => {
    const course = `${folder}/Our Course`;
    const flags = ["--course", course];
    const first = await runHere("workshop", "new-step", ...flags);
    assertEquals(first.data, `${course}/course.yaml\n${course}/01-step-1.yaml`);
    assertStringIncludes(first.status, ` guide show step-1 --course "${course}"`);
    await Deno.rename(`${course}/01-step-1.yaml`, `${course}/07-step-1.yaml`);
    await Deno.writeTextFile(`${course}/course.yaml`, "format: 1\nid: own\ntitle: Ours\n");
    const second = await runHere("workshop", "new-step", "see-it", ...flags);
    assertEquals(second.data, `${course}/08-see-it.yaml`);

    const { code, data } = await runHere(
      ...["guide", "list", "--json", `--progress=${folder}/progress.json`],
      ...flags,
    );
    assertEquals(code, 0);
    const { course: id, steps } = JSON.parse(data);
    assertEquals(id, "own");
    assertEquals(steps.map(({ id }: { id: string }) => id), ["step-1", "see-it"]);
  });
});

testWith(NEEDS, "workshop new-step gives each course its own ID", async () => {
  await withFolder(async (folder) => {
    await runHere("workshop", "new-step", "--course", `${folder}/Our Course`);
    const text = await Deno.readTextFile(`${folder}/Our Course/course.yaml`);
    assertMatch(text, /^id: our-course$/m);
  });
});

testWith(NEEDS, "workshop new-step never overwrites, and reports what it cannot use", async () => {
  await withFolder(async (folder) => {
    const flags = ["--course", folder];
    await runHere("workshop", "new-step", "see-it", ...flags);
    const before = await Deno.readTextFile(`${folder}/01-see-it.yaml`);
    for (
      const [args, code, message] of [
        [["see-it", ...flags], 2, '"see-it": 01-see-it.yaml has that id'],
        [["See it", ...flags], 2, '"See it": expected an id such as see-manual'],
        [["a", "b", ...flags], 2, '"b": expected one id'],
        [["--course", `${folder}/course.yaml`], 1, "it is a file. Name another folder"],
      ] as const
    ) {
      const result = await runHere("workshop", "new-step", ...args);
      assertEquals(result.code, code, result.status);
      assertStringIncludes(result.status, message);
    }
    assertEquals(await Deno.readTextFile(`${folder}/01-see-it.yaml`), before);
    await Deno.writeTextFile(`${folder}/99-last.yaml`, before);
    assertStringIncludes(
      (await runHere("workshop", "new-step", ...flags)).status,
      "Cannot add a step after 99",
    );
  });
});

testWith(
  [...NEEDS, "net", "run", "sys"],
  "the step of workshop new-step fails, passes once solved, and fails again after reset",
  async () => {
    await withFolder(async (folder) => {
      await runHere("workshop", "new-step", "see-it", "--course", folder);
      // A check that is told to stop checks once.
      const guide = (word: string, run = runHere) =>
        run(
          ...["guide", word, "see-it", "--course", folder],
          `--app-url=http://127.0.0.1:${freePort()}`,
          `--progress=${folder}/data/progress.json`,
          "--http-port=0",
          "--grpc-port=0",
          "--ui-port=0",
        );
      const before = await guide("check");
      assertEquals(before.code, 1);
      assertStringIncludes(before.data, "Nothing responds at the app's address.");
      const solved = await guide(
        "solve",
        (...args) => runHereUntil(new AbortController().signal, ...args),
      );
      assertEquals(solved.code, 0, solved.data);
      assertEquals((await guide("reset")).code, 0);
      assertEquals((await guide("check")).code, 1);
    });
  },
);

testWith(["env"], "workshop has help for each subcommand, and rejects others", async () => {
  assertMatch((await runHere("workshop", "--help")).data, /init [\s\S]*\n +new-step /);
  for (const word of ["init", "new-step"]) {
    const { data } = await runHere("workshop", word, "--help");
    assertStringIncludes(data, `Usage: otel-kit workshop ${word} `);
    for (const line of data.split("\n")) assert(line.length <= 80, line);
  }
  const { code, status } = await runHere("workshop", "begin");
  assertEquals(code, 2);
  assertStringIncludes(status, 'Unknown word "begin": expected one of init, ');
});
