import { assert, assertEquals } from "@std/assert";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import { shuffledChoices } from "../../../lib/workshop/course/shuffle.ts";
import type { Question } from "../../../lib/workshop/course/step.ts";
import { areGranted, testWith } from "../../helpers/needs.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);
const LEARNERS = 300;

/** How often a rule may find the right choice, of how often chance does. */
const MAX_LUCK = 1.35;
/** The right choice may be this much longer or shorter than the others are on average. */
const MAX_RATIO = 1.35;

const quiz: readonly Question[] = areGranted(["read"]) ? (await readCourse(STEPS)).quiz : [];
const learners = Array.from({ length: LEARNERS }, (_, i) => `learner ${i}`);

/** The share of questions, over all learners, that a rule answers correctly, compared with chance. */
function luck(pick: (texts: string[]) => number): number {
  let right = 0;
  let chance = 0;
  for (const question of quiz) {
    for (const learner of learners) {
      const choices = shuffledChoices(question, learner);
      if (choices[pick(choices.map(({ text }) => text))]?.right) right++;
      chance += 1 / choices.length;
    }
  }
  return right / chance;
}

function lengthsOf(texts: string[]): number[] {
  return texts.map((text) => text.length);
}

const RULES: [string, (texts: string[]) => number][] = [
  ["the first", () => 0],
  ["the second", () => 1],
  ["the last", (texts) => texts.length - 1],
  ["the longest", (texts) => lengthsOf(texts).indexOf(Math.max(...lengthsOf(texts)))],
  ["the shortest", (texts) => lengthsOf(texts).indexOf(Math.min(...lengthsOf(texts)))],
  ["the one with a comma", (texts) => texts.findIndex((text) => text.includes(","))],
];

for (const [rule, pick] of RULES) {
  testWith(["read"], `choosing ${rule} doesn't answer the quiz`, () => {
    assert(quiz.length > 30);
    assert(luck(pick) < MAX_LUCK, `${rule} is right ${luck(pick).toFixed(2)} times chance`);
  });
}

testWith(["read"], "the right choice is about as long as the others", () => {
  const uneven = quiz.map(({ id, choices }) => {
    const right = choices.find(({ right }) => right)!.text.length;
    const others = choices.filter(({ right }) => !right).map(({ text }) => text.length);
    const ratio = right / (others.reduce((sum, length) => sum + length, 0) / others.length);
    return { id, ratio: Math.max(ratio, 1 / ratio) };
  }).filter(({ ratio }) => ratio > MAX_RATIO);
  assertEquals(uneven, []);
});

testWith(["read"], "each place is right for about as many learners, in every question", () => {
  for (const question of quiz) {
    const counts = question.choices.map((_, place) =>
      learners.filter((learner) => shuffledChoices(question, learner)[place]!.right).length
    );
    const fair = LEARNERS / question.choices.length;
    for (const count of counts) {
      assert(Math.abs(count - fair) < fair / 2, `${question.id}: ${counts.join()}`);
    }
  }
});

testWith(["read"], "a learner always sees the same order", () => {
  const texts = (learner: string) => quiz.map((question) => shuffledChoices(question, learner));
  assertEquals(texts("a"), texts("a"));
  assert(JSON.stringify(texts("a")) !== JSON.stringify(texts("b")));
});

testWith(["read"], "questions about a running exercise belong to its step", () => {
  const only = quiz.filter(({ id }) => id.startsWith("find-"));
  assertEquals(only.map(({ onlyIn }) => onlyIn), ["find-the-fault", "find-the-fault"]);
});
