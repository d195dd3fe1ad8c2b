/**
 * Writes the pages of `docs/reference/` from the tables that the program uses. Run `deno task reference` when
 * one of these changes; a test fails if you forget.
 *
 *     deno run -P=build scripts/write_reference.ts
 */
import { commandsPage } from "./reference/commands.ts";
import { exitCodesPage } from "./reference/exit_codes.ts";
import { httpApiPage } from "./reference/http_api.ts";
import { portsPage } from "./reference/ports.ts";
import { queryPage } from "./reference/query.ts";
import { stepFormatPage } from "./reference/step_format.ts";
import { variablesPage } from "./reference/variables.ts";

/** The folder for the pages. */
export const REFERENCE = new URL("../docs/reference/", import.meta.url);

/** The pages by file name, formatted like `deno fmt` does. */
export async function referencePages(): Promise<Record<string, string>> {
  const pages = {
    "commands.md": await commandsPage(),
    "exit-codes.md": exitCodesPage(),
    "http-api.md": httpApiPage(),
    "ports.md": portsPage(),
    "query.md": queryPage(),
    "step-format.md": stepFormatPage(),
    "variables.md": variablesPage(),
  };
  const formatted = await Promise.all(Object.values(pages).map(format));
  return Object.fromEntries(Object.keys(pages).map((name, i) => [name, formatted[i]!]));
}

async function format(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "md", "--line-width", "100", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await output;
  if (!success) throw new Error("Cannot format a page of the reference: deno fmt failed");
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(await referencePages())) {
    await Deno.writeTextFile(new URL(name, REFERENCE), text);
  }
}
