import type { Question } from "../../workshop/course/step.ts";
import type { Command, CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import { type Flag, type ParsedFlags, parseMixed } from "../flags/flags.ts";
import { GUIDE_FLAGS } from "../guide/guide_flags.ts";
import { flagEntries, section, wrap } from "../flags/help.ts";
import { readLines } from "../files/read_lines.ts";

const FLAGS: readonly Flag[] = [
  { name: "topic", placeholder: "TOPIC", help: "Only questions of this topic" },
  {
    name: "answer",
    placeholder: "ID=N",
    repeatable: true,
    help: "Answer a question with a choice, without being asked",
  },
  ...GUIDE_FLAGS.filter(({ name }) => ["course", "progress", "json", "help"].includes(name)),
];

/** An answer that was given. */
interface Given {
  id: string;
  right: boolean;
  /** Why the choice is right or wrong. */
  why: string;
}

/** `otel-kit quiz`: questions with explanations; answers count for the steps that ask for them. */
export const quiz: Command = {
  flags: FLAGS,
  async run(args, context) {
    const parsed = parseMixed(args, FLAGS);
    if (parsed.values.has("help")) {
      context.output.data(help());
      return 0;
    }
    const { openSession } = await import("../guide/session.ts");
    const session = await openSession(parsed, context.output.status);
    const questions = chosen(session.course.quiz, parsed);
    const answers = readAnswers(parsed, session.course.quiz);
    const given: Given[] = [];
    const isJson = parsed.values.has("json");
    const ask = answers.size > 0 ? undefined : startAsking(context);
    try {
      for (const question of questions) {
        if (answers.size > 0 && !answers.has(question.id)) continue;
        const number = answers.get(question.id) ?? await ask?.next(question);
        if (number === undefined) break;
        const { right, why } = question.choices[number - 1]!;
        await session.update(({ answers }) => answers[question.id] = right);
        given.push({ id: question.id, right, why });
        if (!isJson) context.output.data(`${right ? "Right" : "Wrong"}: ${why.trim()}\n`);
      }
    } finally {
      ask?.end();
    }
    const correct = given.filter(({ right }) => right).length;
    context.output.data(
      isJson
        ? JSON.stringify({ correct, asked: given.length, answers: given }, null, 2)
        : `${correct} of ${given.length} right`,
    );
    return correct === given.length && given.length > 0 ? 0 : 1;
  },
};

function chosen(
  questions: readonly Question[],
  { values, rest: ids }: ParsedFlags,
): readonly Question[] {
  for (const id of ids) find(questions, id);
  const topic = values.get("topic");
  const topics = [...new Set(questions.map(({ topic }) => topic))];
  if (topic !== undefined && !topics.includes(String(topic))) {
    throw new UsageError(`Cannot use --topic "${topic}": expected one of ${topics.join(", ")}`);
  }
  return questions.filter((question) =>
    (ids.length === 0 || ids.includes(question.id)) &&
    (topic === undefined || question.topic === topic)
  );
}

/** Choices are counted from 1. */
function readAnswers({ lists }: ParsedFlags, questions: readonly Question[]): Map<string, number> {
  return new Map((lists.get("answer") ?? []).map((given) => {
    const [id = "", number = ""] = given.split("=");
    const { choices } = find(questions, id);
    if (!isChoice(number, choices.length)) {
      throw new UsageError(
        `Cannot use --answer "${given}": expected ${id}= and a number up to ${choices.length}`,
      );
    }
    return [id, Number(number)];
  }));
}

function find(questions: readonly Question[], id: string): Question {
  const question = questions.find((one) => one.id === id);
  if (question) return question;
  throw new UsageError(
    `Unknown question "${id}": expected one of ${questions.map(({ id }) => id).join(", ")}`,
  );
}

function isChoice(number: string, count: number): boolean {
  return /^\d+$/.test(number) && Number(number) >= 1 && Number(number) <= count;
}

/** Asks at the terminal: a line with a number answers, Ctrl-C or the end of the input ends it. */
function startAsking({ output, stop }: CommandContext) {
  const lines = readLines(Deno.stdin.readable, stop);

  async function readLine(): Promise<string | undefined> {
    return (await lines.next()).value?.trim();
  }

  return {
    /** The number of the choice; undefined at the end. */
    async next({ asks, choices }: Question): Promise<number | undefined> {
      output.data(wrap(asks.trim()));
      for (const [i, { text }] of choices.entries()) {
        output.data(`  ${i + 1}  ${wrap(text.trim(), 5)}`);
      }
      while (true) {
        output.status(`Your answer, 1 to ${choices.length}:`);
        const line = await readLine();
        if (line === undefined || isChoice(line, choices.length)) {
          return line === undefined ? undefined : Number(line);
        }
        output.status(`Cannot use "${line}": expected a number up to ${choices.length}`);
      }
    },
    end: () => void lines.return(),
  };
}

function help(): string {
  return [
    "Usage: otel-kit quiz [QUESTION...] [flags]",
    wrap("Asks what the workshop taught, and explains. Answers count for the steps of the guide."),
    section("Flags", flagEntries(FLAGS)),
    section("Exit codes", [["0", "all right"], ["1", "not all"], [
      "2",
      "the command line is wrong",
    ]]),
  ].join("\n\n");
}
