import type { SeenResponse } from "../../workshop/conditions/outcome.ts";
import { quoted } from "../../workshop/conditions/outcome.ts";
import type { Step } from "../../workshop/course/step.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import { readable } from "./text_setting.ts";
import type { WordOptions } from "./word.ts";

/** What `curl -i` prints for a response, before its body. */
const HEAD = /^HTTP\/[\d.]+ (\d{3})[^\n]*\n(?:[^\n]+\n)*/;
const MAX_BODY = 1000;

/** Notes a response that the learner's own client got, from standard input. */
export async function saw(
  step: Step,
  { session, isJson }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const pipe = `curl -si ${readable(session.appUrl)} | ${session.command} guide saw`;
  if (Deno.stdin.isTerminal()) throw new UsageError(`Pipe a response to the guide: ${pipe}`);
  const response = readResponse(await new Response(Deno.stdin.readable).text());
  if (!response) {
    throw new UsageError(
      `Cannot read a response: expected a status line, which curl prints with -i: ${pipe}`,
    );
  }
  await session.see(step, response);
  output.data(
    isJson
      ? JSON.stringify({ step: step.id, ...response })
      : `Noted for step ${step.number}: your client got ${response.status}, ` +
        quoted(response.body.trim()),
  );
  return 0;
}

/** Reads a response as `curl -i` prints it; undefined if it has no status line. */
export function readResponse(written: string): SeenResponse | undefined {
  // A shell can add a byte order mark, and end lines in its own way.
  const text = written.replace(/^\ufeff/, "").replaceAll("\r\n", "\n").trimStart();
  const head = HEAD.exec(text);
  if (!head) return undefined;
  const date = Date.parse(/^date: *(.*)$/im.exec(head[0])?.[1] ?? "");
  return {
    at: Number.isNaN(date) ? Date.now() : date,
    status: Number(head[1]),
    body: text.slice(head[0].length).replace(/^\n/, "").slice(0, MAX_BODY),
  };
}
