import type { GuideAction, GuideView } from "../../../guests/guide.ts";

/** The command in a line of input. */
export type PlainCommand =
  | { act: GuideAction }
  /** Needs confirmation, because it can write files. */
  | { confirm: "solve" | "reset" }
  | { show: "diff" | "list" | "help" | "questions" }
  | { end: true }
  /** Why the command isn't possible. */
  | { refuse: string };

/** The letters of the keys, with the words for them. */
export const PLAIN_WORDS: readonly [letter: string, word: string, does: string][] = [
  ["n", "next", "Go to the next step"],
  ["b", "back", "Go back to the previous step"],
  ["c", "check", "Check the step again, and wait for telemetry on its way"],
  ["h", "hint", "Show the next of three hints"],
  ["a", "answer", "Show the step's questions; a 2 answers the next one with its second choice"],
  ["d", "diff", "Compare your program with the step's solution"],
  ["s", "solution", "Apply the solution; s y skips the confirmation"],
  ["l", "list", "List all steps; l 5 goes to step 5"],
  ["r", "reset", "Start the step over; r y skips the confirmation"],
  ["q", "quit", "Quit"],
];

/** Reads a line: a letter or a word, and its arguments. */
export function readCommand(text: string, view: GuideView): PlainCommand {
  const [word = "", ...rest] = text.trim().toLowerCase().split(/\s+/);
  const letter = PLAIN_WORDS.find(([letter, long]) => word === letter || word === long)?.[0] ??
    word;
  switch (letter) {
    case "n":
      return { act: { do: "next" } };
    case "b":
      return { act: { do: "back" } };
    case "c":
      return { act: { do: "check" } };
    case "h":
      return { act: { do: "hint" } };
    case "s":
      return isYes(rest[0]) ? { act: { do: "solve" } } : { confirm: "solve" };
    case "r":
      return isYes(rest[0]) ? { act: { do: "reset" } } : { confirm: "reset" };
    case "d":
      return { show: "diff" };
    case "l":
      return rest[0] === undefined ? { show: "list" } : readGoto(rest[0], view);
    case "a":
      return rest[0] === undefined ? { show: "questions" } : readAnswer(rest, view);
    case "q":
      return { end: true };
    case "?":
      return { show: "help" };
  }
  return { refuse: `Unknown command "${word}": ? lists all commands` };
}

/** Whether a word means yes. */
export function isYes(word: string | undefined): boolean {
  return word === "y" || word === "yes";
}

function readGoto(given: string, { steps }: GuideView): PlainCommand {
  const step = steps.find(({ id, number }) => id === given || number === given);
  return step
    ? { act: { goto: step.id } }
    : { refuse: `Cannot go to step "${given}": l lists all steps` };
}

/** `a 2` answers the first open question; `a 3 2` answers the third. */
function readAnswer(given: readonly string[], { step: { quiz } }: GuideView): PlainCommand {
  if (quiz.length === 0) return { refuse: "This step has no questions" };
  const open = Math.max(quiz.findIndex(({ isRight }) => !isRight), 0);
  const index = given.length > 1 ? Number(given[0]) - 1 : open;
  const question = quiz[index];
  if (!question) {
    return { refuse: `Cannot answer question "${given[0]}": there are ${quiz.length}` };
  }
  const choice = Number(given.at(-1)) - 1;
  return question.choices[choice] === undefined
    ? {
      refuse: `Cannot answer with "${given.at(-1)}": expected a number up to ` +
        `${question.choices.length}`,
    }
    : { act: { answer: { question: question.id, choice } } };
}
