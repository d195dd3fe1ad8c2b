/** Whatever a program loads, it loads as it would without the launcher, even if Deno reports each module. */
import { assertEquals } from "@std/assert";
import { withFolder } from "../../../helpers/folder.ts";
import { closedUrl } from "../../../helpers/ports.ts";
import { fromSources, runProgram } from "../../../helpers/program.ts";
import { testOnEach } from "../launching.ts";

/** An unknown package, so that all modules are watched. */
const UNKNOWN = `import "npm:ms@2.1.3";`;

const PROGRAM = `${UNKNOWN}
import { createRequire } from "node:module";
import data from "./data.json" with { type: "json" };
const require = createRequire(import.meta.url);
console.log(data, require("./data.json"), require("./script.cjs"));
try {
  require("./addon.node");
} catch (error) {
  console.log(error.name, error.message);
}
`;

const WASM_PROGRAM = `${UNKNOWN}
import * as module from "./module.wasm";
console.log(Object.keys(module));
`;

/** The shortest valid module. */
const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

for (const [what, source] of [["JSON and addons", PROGRAM], ["Wasm", WASM_PROGRAM]] as const) {
  testOnEach(`a program loads ${what} as it does without the launcher`, async (deno) => {
    await withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/main.mjs`, source);
      await Deno.writeTextFile(`${folder}/data.json`, `{ "shoes": 3 }`);
      await Deno.writeTextFile(`${folder}/script.cjs`, `module.exports = require("./data.json");`);
      await Deno.writeTextFile(`${folder}/addon.node`, "no addon");
      await Deno.writeFile(`${folder}/module.wasm`, WASM);
      const args = ["run", "--allow-all", "main.mjs"];
      const alone = await runProgram([], { launch: { command: deno.path, args }, cwd: folder });
      const launched = await runProgram(["auto", "--", deno.path, ...args], {
        launch: fromSources("main.ts", ["run", "write"]),
        cwd: folder,
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl(), OTEL_TRACES_EXPORTER: "none" },
      });
      assertEquals([alone.code, launched.code], [0, 0], launched.stderr);
      assertEquals(launched.stdout, alone.stdout);
    });
  });
}
