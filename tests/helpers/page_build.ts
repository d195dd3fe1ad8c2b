import { within } from "./patience.ts";
import { changedSince, ROOT } from "./sources.ts";

const PAGE = new URL("dist/page/", ROOT);
const SOURCES = ["lib", "docs", "scripts", "deno.json", "deno.lock"];

let build: Promise<void> | undefined;

/** Builds dist/page from the sources, unless it is newer than they; test files wait for each other. */
export function buildPage(): Promise<void> {
  return build ??= buildOnce();
}

async function buildOnce(): Promise<void> {
  await Deno.mkdir(PAGE, { recursive: true });
  using lock = await Deno.open(new URL("dist/page.lock", ROOT), { write: true, create: true });
  await within(lock.lock(true), "another test file, which builds the page");
  const oldest = oldestFile(PAGE);
  if (oldest && !changedSince(oldest, SOURCES)) return;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "page"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`Cannot build the page: ${new TextDecoder().decode(stderr)}`);
}

/** When the file was written that is the oldest in a folder; undefined where there is none. */
function oldestFile(folder: URL): Date | undefined {
  let oldest: Date | undefined;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const date = isDirectory
      ? oldestFile(new URL(`${name}/`, folder))
      : Deno.statSync(new URL(name, folder)).mtime!;
    if (date && (!oldest || date < oldest)) oldest = date;
  }
  return oldest;
}
