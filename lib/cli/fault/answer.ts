import { askDesk, NoShopError } from "../../workshop/fault/ask_desk.ts";
import type { DeskReply } from "../../workshop/fault/desk.ts";
import type { Answer } from "../../workshop/fault/judge.ts";
import { readAddress } from "../flags/app_flags.ts";
import { urlOf } from "../app/app_server.ts";
import { UsageError } from "../errors.ts";
import type { ParsedFlags } from "../flags/flags.ts";
import { wrap } from "../flags/help.ts";
import type { Output } from "../output.ts";

const RIGHT = 0;
const NOT_YET = 1;
const NO_SHOP = 3;

/** After so many wrong answers it is said how to give up. */
const PATIENCE = 3;

/**
 * Gives an answer to the shop that runs, and tells what it says; the exit code.
 *
 * @throws {UsageError} If there is no answer, or one beside giving up.
 */
export async function answerFault(parsed: ParsedFlags, output: Output): Promise<number> {
  const answer = readAnswer(parsed);
  const url = urlOf(readAddress(parsed));
  let reply: DeskReply;
  try {
    reply = await askDesk(url, answer);
  } catch (error) {
    if (!(error instanceof NoShopError)) throw error;
    output.status(
      `Cannot answer to ${url}: ${error.message}. Start a shop with "otel-kit fault", or say where ` +
        "it is with --port",
    );
    return NO_SHOP;
  }
  if (parsed.values.has("json")) output.data(JSON.stringify(reply, null, 2));
  else for (const line of linesOf(reply)) output.data(line);
  return reply.isRight ? RIGHT : NOT_YET;
}

function readAnswer({ values }: ParsedFlags): Answer | "give up" {
  const given = ["kind", "service", "span"].filter((name) => values.has(name));
  if (values.has("give-up")) {
    if (given.length === 0) return "give up";
    throw new UsageError(`Cannot use --${given[0]} with --give-up: choose one of them`);
  }
  if (given.length > 0) {
    return Object.fromEntries(given.map((name) => [name, String(values.get(name))]));
  }
  throw new UsageError("Cannot judge an empty answer: give --service and --span, or --kind");
}

function linesOf({ isRight, says, explanation, wrongAnswers }: DeskReply): string[] {
  const lines = says.map((line) => wrap(line));
  if (isRight) lines.push("That is it.");
  for (const paragraph of explanation) lines.push("", wrap(paragraph));
  if (explanation.length === 0 && wrongAnswers >= PATIENCE) {
    lines.push("Stuck? This tells what it is: otel-kit fault answer --give-up");
  }
  return lines[0] === "" ? lines.slice(1) : lines;
}
