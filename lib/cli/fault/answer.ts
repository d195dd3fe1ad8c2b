import { askDesk, NoShopError } from "../../workshop/fault/ask_desk.ts";
import type { DeskReply } from "../../workshop/fault/desk.ts";
import type { Answer } from "../../workshop/fault/judge.ts";
import { type APP_FLAGS, readAddress } from "../flags/app_flags.ts";
import { urlOf } from "../app/app_server.ts";
import { UsageError } from "../errors.ts";
import type { FlagValues } from "../flags/flags.ts";
import type { Output } from "../output.ts";
import { paragraph } from "../terminal/text.ts";
import type { ANSWER_FLAGS } from "./fault_flags.ts";

const RIGHT = 0;
const NOT_YET = 1;
const NO_SHOP = 3;

/** After this many wrong answers, the reply explains how to give up. */
const PATIENCE = 3;

/**
 * Sends an answer to the running shop, and prints its response; returns the exit code.
 *
 * @throws {UsageError} If there is no answer, or one together with giving up.
 */
export async function answerFault(
  flags: FlagValues<typeof APP_FLAGS & typeof ANSWER_FLAGS>,
  output: Output,
): Promise<number> {
  const answer = readAnswer(flags);
  const url = urlOf(readAddress(flags));
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
  if (flags.json) output.data(JSON.stringify(reply, null, 2));
  else for (const line of linesOf(reply)) output.data(line);
  return reply.isRight ? RIGHT : NOT_YET;
}

function readAnswer(
  { kind, service, span, trace, "give-up": isGivenUp }: FlagValues<typeof ANSWER_FLAGS>,
): Answer | "give up" {
  const given = Object.entries({ kind, service, span, trace }).filter(([, value]) =>
    value !== undefined
  );
  const [first] = given;
  if (isGivenUp) {
    if (!first) return "give up";
    throw new UsageError(`Cannot use --${first[0]} with --give-up: choose one of them`);
  }
  if (first) return Object.fromEntries(given);
  throw new UsageError("Cannot judge an empty answer: give --kind, --service, --span, --trace");
}

function linesOf({ isRight, says, explanation, tries }: DeskReply): string[] {
  const lines = says.map((line) => paragraph(line));
  if (isRight) lines.push(`That is it, at try ${tries}.`);
  else if (explanation.length === 0 && tries > 0) lines.push(`Tries so far: ${tries}`);
  for (const text of explanation) lines.push("", paragraph(text));
  if (explanation.length === 0 && tries >= PATIENCE) {
    lines.push("Stuck? To see the fault: otel-kit fault answer --give-up");
  }
  return lines[0] === "" ? lines.slice(1) : lines;
}
