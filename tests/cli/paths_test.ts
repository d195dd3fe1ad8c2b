import { assertEquals } from "@std/assert";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { fromSources, runProgram, withProgram } from "../helpers/program.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;
const launch = fromSources("main.ts", ["write"]);

/** Runs the program in a folder until it exits; it must succeed. */
async function runIn(cwd: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await runProgram(args, { launch, cwd });
  assertEquals(code, 0, `${args.join(" ")}: ${stderr}`);
}

/** The contents of a folder: file names, and folder names with a slash. */
async function names(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name, isDirectory }) => isDirectory ? `${name}/` : name).sort();
}

testWith(NEEDS, "guide stores progress and its summary under bare file names", async () => {
  await withFolder(async (folder) => {
    await runIn(folder, "guide", "goto", "1", "--progress", "p.json");
    assertEquals(await names(folder), ["p.json"]);
    await runIn(folder, "guide", "summary", "--progress", "p.json", "--out", "s.md");
    assertEquals(await names(folder), ["p.json", "s.md"]);
  });
});

testWith(NEEDS, "workshop and guide accept bare folder names", async () => {
  await withFolder(async (folder) => {
    await runIn(folder, "workshop", "new-step", "--course", "ours");
    await runIn(folder, "workshop", "init", "mine", "--course", "ours");
    await runIn(
      folder,
      ...["guide", "goto", "1", "--course", "ours", "--dir", "mine", "--progress", "p.json"],
    );
    await runIn(folder, "diff", "base", "--dir", "mine");
    await runIn(folder, "collector-demo", "demo");
    assertEquals(await names(folder), ["demo/", "mine/", "ours/", "p.json"]);
  });
});

testWith(NEEDS, "a configuration file and a database can be given as bare names", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/c.yaml`, 'file_format: "1.0"\n');
    await runIn(folder, "serve", "--mode", "auto", "--config-file", "c.yaml", "--dry-run");
    const ports = ["--http-port", "0", "--grpc-port", "0", "--ui-port", "0"];
    const options = { launch, cwd: folder };
    await withProgram(["collector", "--db", "d.db", ...ports], options, () => Promise.resolve());
    assertEquals(await names(folder), ["c.yaml", "d.db"]);
  });
});
