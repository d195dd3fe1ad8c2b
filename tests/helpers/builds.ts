import { within } from "./patience.ts";
import { changedSince, ROOT } from "./sources.ts";

const DIST = new URL("dist/", ROOT);

/** Products built into dist, each by a task of the same name. */
type Product = "page" | "preload";

/** Where each product is, and its sources. */
const PRODUCTS: Record<Product, { path: string; sources: string[] }> = {
  page: { path: "page/", sources: ["lib", "docs", "scripts", "deno.json", "deno.lock"] },
  // The last file that the task writes.
  preload: { path: "node_preload.js", sources: ["lib", "scripts", "deno.json", "deno.lock"] },
};

const builds = new Map<Product, Promise<void>>();

/** Builds dist/page unless it is newer than its sources. Test files wait for each other. */
export function buildPage(): Promise<void> {
  return build("page");
}

/** Builds dist/preload.js and dist/node_preload.js in the same way. */
export function buildPreload(): Promise<void> {
  return build("preload");
}

function build(product: Product): Promise<void> {
  const running = builds.get(product) ?? buildOnce(product);
  builds.set(product, running);
  return running;
}

async function buildOnce(product: Product): Promise<void> {
  const { path, sources } = PRODUCTS[product];
  await Deno.mkdir(DIST, { recursive: true });
  const lockFile = new URL(`${product}.lock`, DIST);
  using lock = await Deno.open(lockFile, { write: true, create: true });
  await within(lock.lock(true), `another test file, which builds the ${product}`);
  const oldest = oldestFile(new URL(path, DIST));
  if (oldest && !changedSince(oldest, sources)) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", product],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`Cannot build the ${product}: ${new TextDecoder().decode(stderr)}`);
}

/** When the oldest of the files was written; undefined if there is none. */
function oldestFile(file: URL): Date | undefined {
  if (!file.pathname.endsWith("/")) return modified(file);
  let oldest: Date | undefined;
  for (const { name, isDirectory } of entriesOf(file)) {
    const date = oldestFile(new URL(isDirectory ? `${name}/` : name, file));
    if (date && (!oldest || date < oldest)) oldest = date;
  }
  return oldest;
}

function entriesOf(folder: URL): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return [];
  }
}

function modified(file: URL): Date | undefined {
  try {
    return Deno.statSync(file).mtime ?? undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
