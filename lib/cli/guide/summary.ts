import type { Backends } from "../../workshop/backends/backends.ts";
import { UnreachableError } from "../../workshop/backends/ask.ts";
import { readTrace } from "../../workshop/backends/jaeger.ts";
import { addTraces, summarize, type Summary } from "../../workshop/summary/summary.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import { writeNew } from "../files/write_new.ts";
import { checkName } from "./class_report.ts";
import type { WordOptions } from "./word.ts";

/** Prints a summary of the finished steps: as Markdown, as JSON, or to a file. */
export async function summary(
  { session, isJson, flags }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const { out, force = false, name } = flags;
  if (isJson && out !== undefined) {
    throw new UsageError("Cannot use --json with --out: expected FILE.md or FILE.html alone");
  }
  if (force && out === undefined) {
    throw new UsageError("Cannot use --force alone: it needs --out FILE");
  }
  const render = await rendererFor(out ?? ".md");
  const made = await withTraces(
    summarize(
      session.course,
      session.progress,
      Date.now(),
      name === undefined ? undefined : checkName(name),
    ),
    session.backends,
    output.status,
  );
  if (isJson) output.data(JSON.stringify(made, null, 2));
  else if (out === undefined) output.data(render(made).trimEnd());
  else {
    await writeNew(out, render(made), force);
    output.data(out);
  }
  return 0;
}

/** Traces end with the backend, so they become part of the summary. */
async function withTraces(
  summary: Summary,
  { jaegerUrl }: Backends,
  report: (line: string) => void,
): Promise<Summary> {
  try {
    return await addTraces(summary, (traceId) => readTrace(jaegerUrl, traceId));
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    report(`The summary has no traces: ${error.message}`);
    return summary;
  }
}

type Renderer = (summary: Summary) => string;

async function rendererFor(file: string): Promise<Renderer> {
  if (/\.md$/i.test(file)) {
    return (await import("../../workshop/summary/markdown.ts")).summaryMarkdown;
  }
  if (/\.html$/i.test(file)) return (await import("../../workshop/summary/html.ts")).summaryHtml;
  throw new UsageError(`Cannot use --out "${file}": expected a name that ends with .md or .html`);
}
