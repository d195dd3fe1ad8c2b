import { editSourceMap } from "./source_maps.ts";

/** The code that the bundler emits in a chunk whose CommonJS packages `require` a built-in module. */
const NEEDS_REQUIRE = "Dynamic require of";
const REQUIRE =
  `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;

/** Puts the code that `require` needs on a line before the others, and updates the source map. */
export async function provideRequire(file: URL): Promise<void> {
  const code = await Deno.readTextFile(file);
  if (!code.includes(NEEDS_REQUIRE)) return;
  await Deno.writeTextFile(file, `${REQUIRE}\n${code}`);
  await editSourceMap(
    new URL(`${file}.map`),
    (map) => ({ ...map, mappings: `;${map.mappings}` }),
  );
}
