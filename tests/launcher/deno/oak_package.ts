import { assertEquals } from "@std/assert";

/** The replacements for Deno's own globals in a build for Node. */
const SHIMS = "_dnt.shims.js";

/**
 * Serves Oak as JSR does, below a path with the version. It uses the npm package, which was built for Node
 * from the same sources with different globals.
 */
export function serveOak(folder: string): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const path = new URL(url).pathname.replace("/@oak/oak/14.1.0/", "");
    const file = `${folder}/node_modules/@oakserver/oak/esm/${path}`;
    const names = ["Deno", "Blob", "crypto", "fetch", "File", "FormData"];
    names.push("Headers", "Request", "Response");
    const globals = names.map((name) => `const own${name} = globalThis.${name};`).join("\n") +
      `export { ${names.map((name) => `own${name} as ${name}`).join(", ")} };\n` +
      "export const dntGlobalThis = globalThis;\n";
    return new Response(path === SHIMS ? globals : await Deno.readTextFile(file), {
      headers: { "content-type": "text/javascript" },
    });
  });
}

/** Installs a package into a folder's `node_modules`. */
export async function install(
  deno: string,
  folder: string,
  name: string,
  version: string,
): Promise<void> {
  const dependencies = { [name]: version };
  await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify({ dependencies }));
  const { success } = await new Deno.Command(deno, { args: ["install", "-q"], cwd: folder })
    .output();
  assertEquals(success, true);
}
