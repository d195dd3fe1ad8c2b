import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { startClassServer } from "../../../lib/class/class_server.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { runHere, runHereUntil } from "../../helpers/run_here.ts";

const NEEDS = ["net", "env", "read", "write"] as const;

/** All files and folders below a folder, with the sizes of files. */
async function tree(folder: string, inner = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(folder, inner))) {
    const path = join(inner, name);
    if (isDirectory) paths.push(`${path}/`, ...await tree(folder, path));
    else paths.push(`${path} ${(await Deno.stat(join(folder, path))).size}`);
  }
  return paths.sort();
}

testWith(
  NEEDS,
  "workshop reset leaves nothing of the last group, on disk or in the class",
  async () => {
    await using running = startClassServer({
      hostname: "127.0.0.1",
      port: 0,
      course: "A course",
      steps: [],
      report: () => {},
    });
    await withFolder(async (folder) => {
      const [dir, progress] = [`${folder}/mine`, `${folder}/data/progress.json`];
      await Deno.mkdir(`${folder}/data`);
      await Deno.writeTextFile(`${folder}/data/other.json`, "{}");
      const before = await tree(folder);
      const guide = (...words: string[]) =>
        runHereUntil(
          new AbortController().signal,
          ...["guide", ...words],
          `--progress=${progress}`,
        );

      await Deno.writeTextFile(progress, "broken");
      assertEquals((await runHere("workshop", "init", dir)).code, 0);
      assertEquals((await guide("goto", "8a", `--dir=${dir}`, "--ui-port=0")).code, 0);
      assertEquals((await guide("hint", "8a")).code, 0);
      await Deno.writeTextFile(`${dir}/manual.ts`, "// mine");
      assertEquals((await guide("reset", "8a")).code, 0);
      await Deno.mkdir(`${dir}/node_modules/x`, { recursive: true });
      running.roster.report({ name: "Ada", step: "a", state: "begun" });

      const flags = [`--progress=${progress}`, `--class=${running.url}/?token=${running.token}`];
      const listed = await runHereUntil(
        new AbortController().signal,
        ...["workshop", "reset"],
        ...flags,
      );
      assertEquals(listed.code, 1);
      assertStringIncludes(listed.data, dir);
      assertEquals(running.roster.learners.length, 1);
      const done = await runHereUntil(
        new AbortController().signal,
        ...["workshop", "reset", "--yes"],
        ...flags,
      );
      assertEquals(done.code, 0, done.status);
      assertEquals(await tree(folder), before);
      assertEquals(running.roster.learners, []);
    });
  },
);

testWith(NEEDS, "workshop reset removes no folder that isn't a learner's", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/thesis.txt`, "x");
    const flags = [`--progress=${folder}/progress.json`, "--yes"];
    const { code, status } = await runHere("workshop", "reset", folder, ...flags);
    assertEquals(code, 1);
    assertStringIncludes(status, "isn't a learner's folder");
    assertEquals(await tree(folder), ["thesis.txt 1"]);
    const nothing = await runHere("workshop", "reset", ...flags);
    assertEquals([nothing.code, nothing.status], [0, "There was nothing to remove"]);
  });
});
