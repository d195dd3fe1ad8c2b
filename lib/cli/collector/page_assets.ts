import type { TraceDetail } from "../../collector/model.ts";
import type { PageAsset, PageAssets } from "../../collector/api/page.ts";
import { renderSnapshot } from "../../page/snapshot.ts";
import { readProgramFile } from "../../program_files.ts";

/** Media types of what the page is made of. */
const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** Nothing else of the program can be asked for: these names have no folders. */
const FILE = /^\/([\w-]+\.\w+)$/;
const TUTORIAL_PAGE = /^\/tutorial(?:\/([\w-]*))?$/;

/** The page's files and the tutorial's pages, each read once. */
export function createPageAssets(): PageAssets {
  const files = new Map<string, PageAsset>();
  return async (path) => {
    const name = fileName(path);
    const ending = name?.split(".")[1] ?? "";
    const type = Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined;
    if (name === undefined || type === undefined) return undefined;
    const file = files.get(name) ?? await readAsset(name, type);
    // What is not there is not remembered: one could ask for any number of names.
    if (file) files.set(name, file);
    return file;
  };
}

/** Whether the page was built. */
export async function isPageBuilt(): Promise<boolean> {
  return await readProgramFile("page/index.html") !== undefined;
}

/** A file of one trace that shows itself without anything else. */
export async function renderTraceHtml(trace: TraceDetail): Promise<string> {
  const [script, style] = await Promise.all([readText("app.js"), readText("app.css")]);
  return await renderSnapshot({ script, style }, trace.summary.root.name, JSON.stringify(trace));
}

/** The file behind a path: `/app.js` is its own name, `/tutorial/2-base` has an ending, too. */
function fileName(path: string): string | undefined {
  const page = TUTORIAL_PAGE.exec(path);
  return page ? `tutorial/${page[1] || "index"}.html` : FILE.exec(path)?.[1];
}

async function readText(name: string): Promise<string> {
  const bytes = await readProgramFile(`page/${name}`);
  if (!bytes) throw new Error("the page is not built: run `deno task page`");
  return new TextDecoder().decode(bytes);
}

async function readAsset(name: string, type: string): Promise<PageAsset | undefined> {
  const body = await readProgramFile(`page/${name}`);
  return body && { body, type };
}
