/** Programs or parts of programs whose spans stay as Deno creates them: `auto` reports this in one line. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { cp } from "node:fs/promises";
import { withFolder } from "../../helpers/folder.ts";
import { runProgram, sourcesThatRun } from "../../helpers/program.ts";
import { programPath } from "../launching.ts";
import { testOnEach } from "./launching.ts";

const HONO = "npm:hono@4.13.19";
const REFUSAL = "Cannot add routes and exceptions to Deno's spans";

/** What `auto` would report about routes if it ran a program. */
async function refusals(cwd: string, words: string[]): Promise<string[]> {
  const { stderr, code } = await runProgram(["auto", "--dry-run", "--", ...words], {
    launch: sourcesThatRun(),
    cwd,
  });
  assertEquals(code, 0, stderr);
  return stderr.split("\n").filter((line) => line.includes(REFUSAL));
}

testOnEach("a message says that a bundled Hono gets no routes", async (deno) => {
  await withFolder(async (folder) => {
    await cp(programPath("shop"), `${folder}/shop`, { recursive: true });
    const imports = { hono: HONO, "hono/": `${HONO.replace(":", ":/")}/` };
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
    const { code } = await new Deno.Command(deno.path, {
      args: ["bundle", "--quiet", "--minify", "--output=bundled.js", "shop/main.ts"],
      cwd: folder,
    }).output();
    assertEquals(code, 0);
    const said = await refusals(folder, [deno.path, "run", "-N", "bundled.js"]);
    assertEquals(said.length, 1);
    assertStringIncludes(said[0]!, "of the Hono that was bundled into");
    assertStringIncludes(said[0]!, "bundled.js");
    assertEquals(await refusals(folder, [deno.path, "run", "-N", "shop/main.ts"]), []);
  });
});

testOnEach("a message says that servers in Web Workers get no routes", async (deno) => {
  await withFolder(async (folder) => {
    const start = (file: string) =>
      `new Worker(new URL("./${file}", import.meta.url), { type: "module" });`;
    await Deno.writeTextFile(`${folder}/main.ts`, start("served.ts") + start("counting.ts"));
    await Deno.writeTextFile(`${folder}/served.ts`, "Deno.serve(() => new Response());");
    await Deno.writeTextFile(`${folder}/counting.ts`, "postMessage(1 + 1);");
    const said = await refusals(folder, [deno.path, "run", "-A", "main.ts"]);
    assertEquals(said.length, 1);
    assertStringIncludes(said[0]!, "served.ts): Deno preloads nothing into them");
  });
});

testOnEach(
  "a message says that a task that does more than deno serve gets no routes",
  async (deno) => {
    await withFolder(async (folder) => {
      const serve = "deno serve -A main.ts";
      const tasks = {
        web: serve,
        dev: `echo ready && ${serve}`,
        all: { command: serve, dependencies: ["start"] },
        start: { command: "deno run -A main.ts" },
      };
      await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ tasks }));
      await Deno.writeTextFile(
        `${folder}/main.ts`,
        "export default { fetch: () => new Response() };",
      );
      for (const name of ["dev", "all"]) {
        const said = await refusals(folder, [deno.path, "task", name]);
        assertEquals(said.length, 1);
        assertStringIncludes(said[0]!, "Put otel-kit auto in front of deno serve itself");
      }
      for (const name of ["web", "start"]) {
        assertEquals(await refusals(folder, [deno.path, "task", name]), []);
      }
    });
  },
);

/** Why the spans of a `deno serve --parallel` can't be enriched, for the files of a program. */
const NOT_PARALLEL = {
  "the program's import.meta.main would be false": {
    "deno.json": "{}",
    "main.ts": "console.log(import.meta.main);",
  },
  "the folder of its deno.json": { "app/deno.json": "{}", "app/main.ts": "" },
};

for (const [reason, files] of Object.entries(NOT_PARALLEL)) {
  testOnEach(
    `a message says that deno serve --parallel gets no routes: ${reason}`,
    async (deno) => {
      await withFolder(async (folder) => {
        await Deno.mkdir(`${folder}/app`);
        for (const [path, source] of Object.entries(files)) {
          await Deno.writeTextFile(`${folder}/${path}`, source);
        }
        const main = Object.keys(files).at(-1)!;
        const said = await refusals(folder, [deno.path, "serve", "--parallel", main]);
        assertEquals(said.length, 1);
        assertStringIncludes(said[0]!, "with --parallel, ");
        assertStringIncludes(said[0]!, reason);
      });
    },
  );
}
