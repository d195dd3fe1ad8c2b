import { pathToFileURL } from "node:url";

let cache: Promise<string> | undefined;

/** Where Deno keeps a package of the npm registry. */
export async function packageFolder(name: string, version: string): Promise<URL> {
  cache ??= npmCache();
  return pathToFileURL(`${await cache}/registry.npmjs.org/${name}/${version}/`);
}

async function npmCache(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache }: { npmCache: string } = JSON.parse(new TextDecoder().decode(stdout));
  return npmCache;
}
