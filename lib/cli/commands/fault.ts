import {
  FAULT_KIND_NAMES,
  FAULT_KINDS,
  type FaultKind,
  MAX_SEED,
} from "../../workshop/fault/fault.ts";
import { integer } from "../../telemetry/value_types.ts";
import { APP_FLAGS, readAddress } from "../flags/app_flags.ts";
import { defineCommand } from "../command.ts";
import { readDuration } from "../flags/duration.ts";
import { UsageError } from "../errors.ts";
import { ANSWER_FLAGS, SHOP_FLAGS } from "../fault/fault_flags.ts";
import type { FaultSettings } from "../fault/fault_settings.ts";
import { type FlagTable, type FlagValues, isGiven } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import { givenTelemetryFlags } from "../flags/telemetry_flags.ts";

const ANSWER = "answer";
const SEED = integer({ max: MAX_SEED });

/** Includes the shop's address, both for starting it there and for finding it again. */
const FLAGS = { ...APP_FLAGS, ...SHOP_FLAGS, ...ANSWER_FLAGS };

/** `otel-kit fault`: a shop with a fault that a learner finds from the shop's telemetry. */
export const fault = defineCommand({
  name: "fault",
  flags: FLAGS,
  words: [...FAULT_KIND_NAMES, ANSWER],
  arguments: "mixed",
  help,
  async run({ flags, rest: [word, other] }, context) {
    if (other !== undefined) {
      throw new UsageError(`Cannot use "${other}": expected one word at most`);
    }
    if (word === ANSWER) {
      refuse(SHOP_FLAGS, flags, "without the word answer: it is for the shop");
      const { answerFault } = await import("../fault/answer.ts");
      return await answerFault(flags, context.output);
    }
    refuse(ANSWER_FLAGS, flags, "with the word answer");
    const settings = readSettings(word, flags);
    const { runFault } = await import("../fault/run_fault.ts");
    return await runFault(settings, context);
  },
});

function refuse(table: FlagTable, flags: FlagValues<typeof FLAGS>, where: string): void {
  const given = Object.entries(flags).find(([name, value]) =>
    Object.hasOwn(table, name) && isGiven(value)
  );
  if (given) throw new UsageError(`Cannot use --${given[0]} here: use it ${where}`);
}

function readSettings(word: string | undefined, flags: FlagValues<typeof FLAGS>): FaultSettings {
  if (word !== undefined && !isFaultKind(word)) {
    throw new UsageError(
      `Unknown word "${word}": expected ${ANSWER}, or one of ${FAULT_KIND_NAMES.join(", ")}`,
    );
  }
  const millisOf = (name: "after" | "for", standard: number) => {
    const given = flags[name];
    return given === undefined ? standard : readDuration(name, given);
  };
  return {
    kind: word,
    seed: readSeed(flags.seed),
    window: { afterMillis: millisOf("after", 0), forMillis: millisOf("for", Infinity) },
    hasLoad: flags.load,
    address: readAddress(flags),
    variables: givenTelemetryFlags(flags),
  };
}

function readSeed(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const seed = SEED.parse(given);
  if (seed !== undefined) return seed;
  throw new UsageError(`Cannot use --seed "${given}": expected ${SEED.expected}`);
}

function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(FAULT_KINDS, word);
}

function help(): Help {
  return {
    usage: ["[KIND] [flags]", "answer [flags]"],
    about: "Runs a small shop of four services with a fault of the given kind, or of a kind " +
      "that you haven't met yet. Find the fault by the shop's telemetry, without its source, and " +
      "answer in a second terminal. Prove the answer with a trace.",
    words: section("Kinds", Object.entries(FAULT_KINDS)),
    flags: {
      "Flags": APP_FLAGS,
      "Flags of the shop": SHOP_FLAGS,
      "Flags of answer": ANSWER_FLAGS,
    },
    more: [
      section("Exit codes of answer", [
        ["0", "right"],
        ["1", "not yet, or given up"],
        ["2", "usage error"],
        ["3", "no shop is running there"],
      ]),
      section("Try it", [
        ["receive and look", "otel-kit collector"],
        ["run the shop", "otel-kit fault --load"],
        ["answer", 'otel-kit fault answer --service ShopStock --span "GET /x" --trace ID'],
      ]),
    ],
  };
}
