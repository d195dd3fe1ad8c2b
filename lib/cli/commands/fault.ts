import {
  FAULT_KIND_NAMES,
  FAULT_KINDS,
  type FaultKind,
  MAX_SEED,
} from "../../workshop/fault/fault.ts";
import { integer } from "../../telemetry/value_types.ts";
import { APP_FLAGS, readAddress } from "../flags/app_flags.ts";
import type { Command } from "../command.ts";
import { readDuration } from "../flags/duration.ts";
import { UsageError } from "../errors.ts";
import type { FaultSettings } from "../fault/fault_settings.ts";
import { type Flag, type ParsedFlags, parseMixed } from "../flags/flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";
import { TELEMETRY_FLAGS } from "../flags/telemetry_flags.ts";

const ANSWER = "answer";
const SEED = integer({ max: MAX_SEED });

const HELP_FLAG = APP_FLAGS.filter(({ name }) => name === "help");

/** Where the shop is: to run it there, and to find it again. */
const ADDRESS_FLAGS = APP_FLAGS.filter(({ name }) => name !== "help");

const SHOP_FLAGS: readonly Flag[] = [
  ...TELEMETRY_FLAGS.filter(({ name }) => name === "exporter-otlp-endpoint"),
  { name: "seed", placeholder: "N", help: `The same fault again, from 0 to ${MAX_SEED}` },
  { name: "after", placeholder: "TIME", help: "The fault begins later: 500ms, 30s, 2m" },
  { name: "for", placeholder: "TIME", help: "The fault ends so long after it began" },
  { name: "load", help: "Send two requests a second to the shop" },
];

const ANSWER_FLAGS: readonly Flag[] = [
  {
    name: "service",
    placeholder: "NAME",
    nonEmpty: true,
    help: "The service in which the fault is",
  },
  {
    name: "span",
    placeholder: "NAME",
    nonEmpty: true,
    help: 'The name of its server span, such as "GET /x"',
  },
  {
    name: "kind",
    placeholder: "KIND",
    nonEmpty: true,
    choices: FAULT_KIND_NAMES,
    help: "What kind of fault",
  },
  { name: "give-up", help: "Tell what it is, what shows it, and how to mend it" },
  { name: "json", help: "Print the reply as JSON" },
];

/** `otel-kit fault`: a shop with a fault, which a learner finds by what the shop sends. */
export const fault: Command = {
  flags: [...ADDRESS_FLAGS, ...SHOP_FLAGS, ...ANSWER_FLAGS, ...HELP_FLAG],
  words: [...FAULT_KIND_NAMES, ANSWER],
  async run(args, context) {
    const parsed = parseMixed(args, fault.flags);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    const [word, other] = parsed.rest;
    if (other !== undefined) {
      throw new UsageError(`Cannot use "${other}": expected one word at most`);
    }
    if (word === ANSWER) {
      refuse(SHOP_FLAGS, parsed, "without the word answer: it is for the shop");
      const { answerFault } = await import("../fault/answer.ts");
      return await answerFault(parsed, context.output);
    }
    refuse(ANSWER_FLAGS, parsed, "with the word answer");
    const settings = readSettings(word, parsed);
    const { runFault } = await import("../fault/run_fault.ts");
    return await runFault(settings, context);
  },
};

function refuse(flags: readonly Flag[], { values }: ParsedFlags, where: string): void {
  const given = flags.find(({ name }) => values.has(name));
  if (given) throw new UsageError(`Cannot use --${given.name} here: it stands ${where}`);
}

function readSettings(word: string | undefined, parsed: ParsedFlags): FaultSettings {
  const { values } = parsed;
  if (word !== undefined && !isFaultKind(word)) {
    throw new UsageError(
      `Unknown word "${word}": expected ${ANSWER}, or one of ${FAULT_KIND_NAMES.join(", ")}`,
    );
  }
  const millisOf = (flag: string, standard: number) =>
    values.has(flag) ? readDuration(flag, String(values.get(flag))) : standard;
  return {
    kind: word,
    seed: readSeed(values.get("seed")),
    window: { afterMillis: millisOf("after", 0), forMillis: millisOf("for", Infinity) },
    hasLoad: values.has("load"),
    address: readAddress(parsed),
    parsed,
  };
}

function readSeed(given: string | true | undefined): number {
  if (given === undefined) return Math.floor(Math.random() * (MAX_SEED + 1));
  const seed = SEED.parse(String(given));
  if (seed !== undefined) return seed;
  throw new UsageError(`Cannot use --seed "${given}": expected ${SEED.expected}`);
}

function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(FAULT_KINDS, word);
}

function help(): string {
  return [
    "Usage: otel-kit fault [KIND] [flags]\n       otel-kit fault answer [flags]",
    wrap(
      "Runs a little shop of four services with a fault in it, of the kind that you name or of any. " +
        "You find it by what the shop sends, without its source, and answer in a second terminal.",
    ),
    section("Kinds", Object.entries(FAULT_KINDS)),
    section("Flags", flagEntries([...ADDRESS_FLAGS, ...HELP_FLAG])),
    section("Flags of the shop", flagEntries(SHOP_FLAGS)),
    section("Flags of answer", flagEntries(ANSWER_FLAGS)),
    section("Exit codes of answer", [
      ["0", "right"],
      ["1", "not yet, or given up"],
      ["2", "the command line is wrong"],
      ["3", "no shop runs there"],
    ]),
    section("Try it", [
      ["receive and look", "otel-kit collector"],
      ["run the shop", "otel-kit fault --load"],
      ["answer", 'otel-kit fault answer --service ShopStock --span "GET /x"'],
    ]),
  ].join("\n\n");
}
