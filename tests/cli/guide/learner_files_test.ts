import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { courseFile, stepFile } from "../../helpers/course.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { type runHere, runHereUntil } from "../../helpers/run_here.ts";

const NEEDS = ["net", "env", "read", "write"] as const;

/** A course with a file to write, which has its own template and solution. */
const FILES = {
  "course.yaml": courseFile().text,
  "01-write.yaml": stepFile("01-write.yaml", {
    conditions: [{ id: "there", says: "It is there", file: { path: "note.txt", exists: true } }],
    solution: [{ write: ["note.txt"] }],
  }).text,
  "template/note.txt": "as laid out\n",
  "solution/note.txt": "solved\n",
};

interface Desk {
  dir: string;
  progress: string;
  guide(...args: string[]): ReturnType<typeof runHere>;
}

async function withDesk(use: (desk: Desk) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    for (const [name, text] of Object.entries(FILES)) {
      await Deno.mkdir(dirname(`${folder}/course/${name}`), { recursive: true });
      await Deno.writeTextFile(`${folder}/course/${name}`, text);
    }
    const dir = `${folder}/mine`;
    await Deno.mkdir(dir);
    const progress = `${folder}/progress.json`;
    await use({
      dir,
      progress,
      guide: (...args) =>
        runHereUntil(
          new AbortController().signal,
          "guide",
          ...args,
          `--course=${folder}/course`,
          `--progress=${progress}`,
          "--backend=external",
        ),
    });
  });
}

testWith(NEEDS, "guide keeps the learner's files before it overwrites them", async () => {
  await withDesk(async ({ dir, guide }) => {
    const note = `${dir}/note.txt`;
    await Deno.writeTextFile(note, "my own\n");
    const solved = await guide("solve", `--dir=${dir}`);
    assertEquals(solved.code, 0, solved.status);
    assertStringIncludes(solved.status, "your note.txt was saved as note.txt.mine");
    assertEquals(await Deno.readTextFile(note), FILES["solution/note.txt"]);
    assertEquals(await Deno.readTextFile(`${note}.mine`), "my own\n");

    // Files written by the course don't count as the learner's own.
    const reset = await guide("reset", "--json");
    assertEquals(JSON.parse(reset.data), { reset: ["write"], restored: ["note.txt"], kept: {} });
    assertEquals(await Deno.readTextFile(note), FILES["template/note.txt"]);

    await Deno.writeTextFile(note, "another try\n");
    const again = await guide("reset");
    assertStringIncludes(again.data, "your note.txt was saved as note.txt.mine-2");
    assertEquals(await Deno.readTextFile(`${note}.mine-2`), "another try\n");
    assertEquals(await Deno.readTextFile(`${note}.mine`), "my own\n");
  });
});

testWith(NEEDS, "guide remembers the learner's folder until the course is reset", async () => {
  await withDesk(async ({ dir, guide, progress }) => {
    await Deno.writeTextFile(`${dir}/note.txt`, "mine\n");
    assertEquals((await guide("check", `--dir=${dir}`)).code, 0);
    await guide("reset", "1");
    await Deno.writeTextFile(`${dir}/note.txt`, "mine\n");
    assertEquals((await guide("check")).code, 0);
    const stateNow = async () => JSON.parse((await guide("list", "--json")).data).steps[0].state;
    assertEquals(await stateNow(), "done");
    await guide("solve", "1");
    assertEquals(await stateNow(), "done");
    await guide("reset", "--all");
    assert(!(await Deno.readTextFile(progress)).includes(dir));

    const missing = await guide("check", `--dir=${dir}/nowhere`);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.status, "there is no such folder");
  });
});

testWith(NEEDS, "guide solve writes no files if no folder is known", async () => {
  await withDesk(async ({ guide, dir }) => {
    const { code, status } = await guide("solve");
    assertEquals(code, 1);
    assertStringIncludes(status, "skip note.txt: no folder is set");
    assertEquals(await Array.fromAsync(Deno.readDir(dir)), []);
  });
});
