import { escapeUnsafe } from "../output.ts";
import { readSize } from "./can_draw.ts";
import type { CommandContext } from "../command.ts";

/** `less` where it is installed. */
const DEFAULT_PAGER = "if command -v less >/dev/null; then exec less; else exec cat; fi";

/** Quits if the text fits on the screen, shows colors, and leaves the text on the screen. */
const LESS_OPTIONS = "FRX";

/**
 * Prints lines of data. Where standard output is a terminal that they don't fit into, the user's pager shows
 * them: `$PAGER`, by default `less`. `PAGER=cat` prints them as they are, and so does Windows.
 */
export async function printPaged(
  lines: readonly string[],
  { output, signals }: Pick<CommandContext, "output" | "signals">,
): Promise<void> {
  const pager = Deno.env.get("PAGER") ?? DEFAULT_PAGER;
  const rows = Deno.stdout.isTerminal() ? readSize()?.rows : undefined;
  const height = lines.reduce((sum, line) => sum + line.split("\n").length, 0);
  const isLong = rows !== undefined && height >= rows;
  if (!isLong || pager === "" || pager === "cat" || Deno.build.os === "windows") {
    lines.forEach(output.data);
    return;
  }
  await runPager(pager, lines, signals);
}

async function runPager(
  pager: string,
  lines: readonly string[],
  signals: CommandContext["signals"],
): Promise<void> {
  const child = new Deno.Command("sh", {
    args: ["-c", pager],
    stdin: "piped",
    env: { LESS: Deno.env.get("LESS") ?? LESS_OPTIONS },
  }).spawn();
  // Ctrl-C is the pager's while it runs.
  using _ = signals.take(["SIGINT"], () => {});
  const text = new TextEncoder().encode(`${lines.map(escapeUnsafe).join("\n")}\n`);
  // The user may quit before the end.
  await ReadableStream.from([text]).pipeTo(child.stdin).catch(() => {});
  await child.status;
}
