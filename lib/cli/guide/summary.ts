import { messageOf } from "../../error_message.ts";
import type { Backends } from "../../workshop/backends/backends.ts";
import { summarize, type Summary } from "../../workshop/summary/summary.ts";
import type { CommandContext } from "../command.ts";
import { StartError, UsageError } from "../errors.ts";
import type { WordOptions } from "./word.ts";

/** Prints a summary of the finished steps: as Markdown, as JSON, or to a file. */
export async function summary(
  { session, isJson, flags }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const { out, force = false } = flags;
  if (isJson && out !== undefined) {
    throw new UsageError("Cannot use --json with --out: expected FILE.md or FILE.html alone");
  }
  if (force && out === undefined) {
    throw new UsageError("Cannot use --force alone: it needs --out FILE");
  }
  const render = await rendererFor(out ?? ".md");
  const tracesUrl = tracesUrlOf(session.backends);
  const made = summarize(session.course, session.progress, Date.now());
  if (isJson) output.data(JSON.stringify(made, null, 2));
  else if (out === undefined) output.data(render(made, tracesUrl).trimEnd());
  else {
    await writeNew(out, render(made, tracesUrl), force);
    output.data(out);
  }
  return 0;
}

/** The trace's page: the kit's, or Jaeger's. */
function tracesUrlOf({ isEmbedded, jaegerUrl }: Backends): string {
  return `${jaegerUrl}/${isEmbedded ? "traces" : "trace"}`;
}

type Renderer = (summary: Summary, tracesUrl: string) => string;

async function rendererFor(file: string): Promise<Renderer> {
  if (/\.md$/i.test(file)) {
    return (await import("../../workshop/summary/markdown.ts")).summaryMarkdown;
  }
  if (/\.html$/i.test(file)) return (await import("../../workshop/summary/html.ts")).summaryHtml;
  throw new UsageError(`Cannot use --out "${file}": expected a name that ends with .md or .html`);
}

async function writeNew(file: string, text: string, isForced: boolean): Promise<void> {
  try {
    await Deno.writeTextFile(file, text, { createNew: !isForced });
  } catch (error) {
    throw new StartError(`Cannot write "${file}": ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.AlreadyExists) {
    return "it exists. Overwrite it with --force, or choose another file";
  }
  if (error instanceof Deno.errors.NotFound) return "there is no such folder. Choose another file";
  return `${messageOf(error)}. Choose another file`;
}
