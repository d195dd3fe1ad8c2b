import { filesOf } from "./files.ts";

/** The name of a chunk. The hash at its end depends on where packages are on the machine. */
const CHUNK = /[\w.-]+-[A-Z0-9]{8}(?=\.js\b)/g;

const HASH_LENGTH = 8;

/** Renames the chunks in a folder, so that their names are the same on every machine. */
export async function stabilizeNames(folder: URL): Promise<void> {
  const texts = new Map<string, string>();
  for (const path of await filesOf(folder)) {
    texts.set(path, await Deno.readTextFile(new URL(path, folder)));
  }
  const names = stableNames(texts);
  for (const [path, text] of texts) {
    await Deno.remove(new URL(path, folder));
    await Deno.writeTextFile(new URL(rename(path, names), folder), rename(text, names));
  }
}

/**
 * The new names of chunks by their old names, both without `.js`. Chunks are numbered as they are found from
 * the entry points, because they can import each other in circles.
 */
export function stableNames(texts: ReadonlyMap<string, string>): Map<string, string> {
  const names = new Map<string, string>();
  function visit(path: string): void {
    for (const [name] of (texts.get(path) ?? "").matchAll(CHUNK)) {
      if (names.has(name) || !texts.has(`${name}.js`)) continue;
      const number = String(names.size + 1).padStart(HASH_LENGTH, "0");
      names.set(name, name.slice(0, -HASH_LENGTH) + number);
      visit(`${name}.js`);
    }
  }
  for (const path of texts.keys()) {
    if (path.endsWith(".js") && !path.match(CHUNK)) visit(path);
  }
  return names;
}

function rename(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(CHUNK, (name) => names.get(name) ?? name);
}
