import { fileURLToPath, pathToFileURL } from "node:url";
import { isBundleOfHono, isServer, type OutOfReach, workersIn } from "./out_of_reach.ts";

/** The maximum number of files to read; larger programs have named their libraries by then. */
const MAX_FILES = 500;

/** Imports and re-exports with literal specifiers. */
const IMPORT = /\b(?:from|import)\s*\(?\s*(["'])([^"'\n]+)\1/g;

const ENDINGS = ["", ".ts", ".tsx", ".js", ".mjs", "/index.ts", "/index.js"];

/** The imports of files. */
export interface FoundImports {
  /** Specifiers that are not on this machine's disk, as written. */
  specifiers: Set<string>;
  /** The URLs of the files, and of those that they import. */
  files: readonly string[];
  /** Whether a file seems to open Deno KV. */
  mentionsKv: boolean;
  /** Whether a file asks which module is the main one. */
  asksForMain: boolean;
  /** Whether all files were read. */
  isWhole: boolean;
  /** Paths of files with code that the preload doesn't change. */
  outOfReach: Omit<OutOfReach, "servedTasks">;
}

const ASKS_FOR_MAIN = /\bimport\.meta\.main\b|\bDeno\.mainModule\b/;

/** Collects the imports of files, and of the local files that these import. */
export async function localImports(
  entries: readonly string[],
  importMap: Record<string, string>,
): Promise<FoundImports> {
  const specifiers = new Set<string>();
  const waiting = entries.map((path) => pathToFileURL(path).href);
  const seen = new Set(waiting);
  const outOfReach: FoundImports["outOfReach"] = { bundles: [], workers: [] };
  let mentionsKv = false;
  let asksForMain = false;
  for (let i = 0; i < Math.min(waiting.length, MAX_FILES); i++) {
    const url = waiting[i]!;
    const source = await read(url) ?? "";
    mentionsKv ||= /\bopenKv\b/.test(source);
    asksForMain ||= ASKS_FOR_MAIN.test(source);
    if (isBundleOfHono(url, source)) outOfReach.bundles.push(fileURLToPath(url));
    for (const worker of workersIn(url, source)) {
      if (isServer(await read(worker) ?? "")) outOfReach.workers.push(fileURLToPath(worker));
    }
    for (const [, , specifier = ""] of source.matchAll(IMPORT)) {
      const address = resolved(specifier, url, importMap);
      if (!address.startsWith("file:")) specifiers.add(specifier);
      else if (!seen.has(address)) {
        seen.add(address);
        waiting.push(address);
      }
    }
  }
  return {
    specifiers,
    files: waiting,
    mentionsKv,
    asksForMain,
    isWhole: waiting.length <= MAX_FILES,
    outOfReach,
  };
}

function resolved(specifier: string, base: string, importMap: Record<string, string>): string {
  if (/^\.{0,2}\//.test(specifier)) return new URL(specifier, base).href;
  const prefix = Object.keys(importMap).find((key) =>
    key.endsWith("/") && specifier.startsWith(key)
  );
  if (prefix !== undefined) return `${importMap[prefix]}${specifier.slice(prefix.length)}`;
  return importMap[specifier] ?? specifier;
}

async function read(url: string): Promise<string | undefined> {
  for (const ending of ENDINGS) {
    try {
      return await Deno.readTextFile(fileURLToPath(url + ending));
    } catch {
      // The file has another extension, or one that is unknown here.
    }
  }
  return undefined;
}
