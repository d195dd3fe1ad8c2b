import type { Choice } from "../../workshop/course/shuffle.ts";
import type { Question } from "../../workshop/course/step.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues, ParsedFlags } from "../flags/flags.ts";
import { GUIDE_FLAGS } from "../guide/guide_flags.ts";
import { type Help, section } from "../flags/help.ts";
import { readLines } from "../files/read_lines.ts";
import { paragraph } from "../terminal/text.ts";

const FLAGS = {
  topic: { placeholder: "TOPIC", help: "Only questions about this topic" },
  answer: {
    placeholder: "ID=N",
    repeatable: true,
    help: "Answer a question without being asked",
  },
  course: GUIDE_FLAGS.course,
  progress: GUIDE_FLAGS.progress,
  json: GUIDE_FLAGS.json,
} as const satisfies FlagTable;

/** A given answer. */
interface Given {
  id: string;
  right: boolean;
  /** Why the choice is right or wrong. */
  why: string;
}

/** `otel-kit quiz`: questions with explanations; answers count for the steps that require them. */
export const quiz = defineCommand({
  name: "quiz",
  flags: FLAGS,
  arguments: "mixed",
  help,
  async run(parsed, context) {
    const { flags } = parsed;
    const { openSession } = await import("../guide/session.ts");
    const session = await openSession(flags, context.output.status);
    await session.prepareQuiz();
    const questions = chosen(session.course.quiz, parsed);
    const answers = readAnswers(flags, session.course.quiz);
    const given: Given[] = [];
    const isJson = flags.json;
    const ask = answers.size > 0 ? undefined : startAsking(context);
    try {
      for (const question of questions) {
        if (answers.size > 0 && !answers.has(question.id)) continue;
        const number = answers.get(question.id) ??
          await ask?.next(question, session.choicesOf(question));
        if (number === undefined) break;
        const { right, why } = session.choicesOf(question)[number - 1]!;
        await session.answer(question.id, right);
        given.push({ id: question.id, right, why });
        if (!isJson) context.output.data(`${right ? "Right" : "Wrong"}: ${why.trim()}\n`);
      }
    } finally {
      ask?.end();
    }
    const correct = given.filter(({ right }) => right).length;
    const { firstTries = {} } = session.progress;
    const atFirstTry = given.filter(({ id }) => firstTries[id]).length;
    context.output.data(
      isJson
        ? JSON.stringify(
          { correct, atFirstTry, asked: given.length, answers: given },
          null,
          2,
        )
        : `${correct} of ${given.length} right, ${atFirstTry} at the first try`,
    );
    return correct === given.length && given.length > 0 ? 0 : 1;
  },
});

function chosen(
  questions: readonly Question[],
  { flags: { topic }, rest: ids }: ParsedFlags<typeof FLAGS>,
): readonly Question[] {
  for (const id of ids) find(questions, id);
  const topics = [...new Set(questions.map(({ topic }) => topic))];
  if (topic !== undefined && !topics.includes(topic)) {
    throw new UsageError(`Cannot use --topic "${topic}": expected one of ${topics.join(", ")}`);
  }
  return questions.filter((question) =>
    (ids.length === 0 || ids.includes(question.id)) &&
    (topic === undefined || question.topic === topic) &&
    (question.onlyIn === undefined || ids.includes(question.id))
  );
}

/** Choices are numbered from 1. */
function readAnswers(
  { answer }: FlagValues<typeof FLAGS>,
  questions: readonly Question[],
): Map<string, number> {
  return new Map(answer.map((given) => {
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

/** Asks at the terminal: a line with a number is an answer; Ctrl-C or the end of the input ends it. */
function startAsking({ output, stop }: CommandContext) {
  const lines = readLines(Deno.stdin.readable, stop, { keepsInput: true });

  async function readLine(): Promise<string | undefined> {
    return (await lines.next()).value?.trim();
  }

  return {
    /** The number of the choice; undefined at the end of the input. */
    async next({ asks }: Question, choices: readonly Choice[]): Promise<number | undefined> {
      output.data(paragraph(asks.trim()));
      for (const [i, { text }] of choices.entries()) {
        output.data(`  ${i + 1}  ${paragraph(text.trim(), 5)}`);
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

function help(): Help {
  return {
    usage: "[QUESTION...] [flags]",
    about: "Asks questions about the workshop and explains the answers. Answers count for the " +
      "steps of the guide.",
    more: [
      section("Exit codes", [
        ["0", "all answered correctly"],
        ["1", "not all answered correctly"],
        ["2", "usage error"],
      ]),
    ],
  };
}
