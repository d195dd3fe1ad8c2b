import type { TraceFile } from "../../collector/model.ts";
import type { PageAsset, PageAssets } from "../../collector/api/page.ts";
import { renderSnapshot } from "../../page/snapshot.ts";
import { readProgramFile } from "../../program_files.ts";

/** Media types of the page's files. */
const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** Names without folders, so that nothing else of the program can be requested. */
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
    // Missing files are not cached, because clients could request any number of names.
    if (file) files.set(name, file);
    return file;
  };
}

/** Whether the page was built. */
export async function isPageBuilt(): Promise<boolean> {
  return await readProgramFile("page/index.html") !== undefined;
}

/** A self-contained file that shows one trace. */
export async function renderTraceHtml(trace: TraceFile): Promise<string> {
  const [script, style] = await Promise.all([readText("app.js"), readText("app.css")]);
  return await renderSnapshot({ script, style }, trace.summary.root.name, JSON.stringify(trace));
}

/** The file for a path: `/app.js` is unchanged, `/tutorial/2-base` gets an extension. */
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
