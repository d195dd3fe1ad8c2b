import type { GuideAction, GuideView } from "../../../guests/guide.ts";

/** What a line asks for. */
export type PlainCommand =
  | { act: GuideAction }
  /** To be confirmed first: it may write files. */
  | { confirm: "solve" | "reset" }
  | { show: "diff" | "list" | "help" | "questions" }
  | { end: true }
  /** Why it cannot be done. */
  | { refuse: string };

/** Letters, as the keys have them, with the words that they stand for. */
export const PLAIN_WORDS: readonly [letter: string, word: string, does: string][] = [
  ["n", "next", "goes on to the next step"],
  ["b", "back", "goes back to the step before"],
  ["c", "check", "checks the step now, and waits for what may still arrive"],
  ["h", "hint", "shows a hint, three in all"],
  ["a", "answer", "shows the questions of the step; a 2 answers the next with its second choice"],
  ["d", "diff", "shows what the step changes in the app's code"],
  ["s", "solution", "does the step for you; s y asks no more"],
  ["l", "list", "lists all steps; l 5 goes to step 5"],
  ["r", "reset", "begins the step anew; r y asks no more"],
  ["q", "quit", "ends"],
];

/** Reads a line: a letter or a word, and what may follow it. */
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
  return { refuse: `Cannot tell what "${word}" is: ? lists what can be typed` };
}

/** Whether a word confirms. */
export function isYes(word: string | undefined): boolean {
  return word === "y" || word === "yes";
}

function readGoto(given: string, { steps }: GuideView): PlainCommand {
  const step = steps.find(({ id, number }) => id === given || String(number) === given);
  return step
    ? { act: { goto: step.id } }
    : { refuse: `Cannot go to step "${given}": l lists all steps` };
}

/** `a 2` answers the first question that is not right yet; `a 3 2` the third one. */
function readAnswer(given: readonly string[], { step: { quiz } }: GuideView): PlainCommand {
  if (quiz.length === 0) return { refuse: "This step asks no question" };
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
