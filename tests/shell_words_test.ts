import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { shellPath, shellWord } from "../lib/shell_words.ts";
import { withFolder } from "./helpers/folder.ts";
import { testIf } from "./helpers/needs.ts";
import { runHere } from "./helpers/run_here.ts";

const NEEDS = ["env", "read", "write", "run"] as const;
const SH = { missing: Deno.build.os === "windows" ? "Windows has no sh" : undefined };

/** Folder names that a shell would change unless they are quoted. */
const FOLDERS = [
  "$HOME",
  "`id`",
  "a$(id)b",
  'say "so"',
  "it's",
  "a\\b",
  "!!",
  "a;b&c|d",
  "~",
  "-x",
];

/** The arguments that a command's program would receive. */
async function argumentsOf(command: string): Promise<string[]> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", command.replace(/^\S+/, String.raw`printf '%s\0'`)],
  }).output();
  return new TextDecoder().decode(stdout).split("\0").slice(0, -1);
}

testIf(SH, ["run"], "shellWord() is read by a shell as the original word", async () => {
  const word = fc.string({ unit: "binary" })
    .map((text) => text.replaceAll(/[\0\p{Cs}]/gu, ""));
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 99 }), async (words) => {
      const command = ["x", ...words.map((word) => shellWord(word, "linux"))].join(" ");
      assertEquals(await argumentsOf(command), words);
    }),
    { numRuns: 10, examples: [[FOLDERS]] },
  );
});

Deno.test("shellPath() leaves plain paths alone, and quotes others for their system", () => {
  const cases: [path: string, linux: string, windows: string][] = [
    ["a/b-c.d", "a/b-c.d", "a/b-c.d"],
    ["C:\\a\\b", "'C:\\a\\b'", "C:\\a\\b"],
    ["my own", '"my own"', '"my own"'],
    ["$HOME/it's", "'$HOME/it'\\''s'", "'$HOME/it''s'"],
    ["", '""', '""'],
    ["-x", "./-x", "./-x"],
  ];
  for (const [path, linux, windows] of cases) {
    assertEquals([shellPath(path, "linux"), shellPath(path, "windows")], [
      linux,
      windows,
    ]);
  }
});

testIf(SH, NEEDS, "auto --dry-run shows the command line as a shell would accept it", async () => {
  const { status } = await runHere("auto", "--dry-run", "--", "echo", "-n", "a b", ...FOLDERS);
  const [, line = ""] = /^ {2}command line {2}(.*)$/m.exec(status) ?? [];
  assertEquals(await argumentsOf(line), ["-n", "a b", ...FOLDERS]);
});

testIf(
  SH,
  NEEDS,
  "the next command names the folder, whatever its name",
  async () => {
    await withFolder(async (root) => {
      for (const name of FOLDERS) {
        const folder = `${root}/${name}`;
        const step = await runHere("workshop", "new-step", "see-it", "--course", folder);
        const next = /\S+ guide show .*$/m.exec(step.status)?.[0] ?? "";
        const shown = ["guide", "show", "see-it", "--course", folder];
        assertEquals(await argumentsOf(next), shown);
        // The commands in the step's own comments can be copied, too.
        const text = await Deno.readTextFile(`${folder}/01-see-it.yaml`);
        const [, comment = ""] = /^## +(otel-kit .*--course .*?) {2,}prints/m.exec(text) ?? [];
        assertEquals(await argumentsOf(comment), shown);

        const dir = `${folder}/mine`;
        const init = await runHere("workshop", "init", dir, "--course", folder);
        const [guide = ""] = /\S+ guide --dir .*$/m.exec(init.status) ?? [];
        assertEquals(await argumentsOf(guide), ["guide", "--dir", dir, "--course", folder]);

        const demo = await runHere("collector-demo", `${folder}/demo`);
        const [cd = ""] = /^ {2}(cd .*)$/m.exec(demo.status) ?? [];
        assertEquals(await argumentsOf(cd.trim()), [`${folder}/demo`]);
      }
    });
  },
);
