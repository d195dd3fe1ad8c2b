import { assertEquals, assertRejects } from "@std/assert";
import { QuestionTurns } from "../../../../lib/collector/store/worker/question_turns.ts";

Deno.test("a few queries are answered concurrently, all in order of arrival", async () => {
  const turns = new QuestionTurns();
  const ends = Array.from({ length: 10 }, () => Promise.withResolvers<number>());
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  const answers = ends.map(({ promise }, i) =>
    turns.take(async () => {
      begun.push(i);
      most = Math.max(most, ++now);
      try {
        return await promise;
      } finally {
        now--;
      }
    })
  );
  ends[0]!.reject(new Error("no answer"));
  await assertRejects(() => answers[0]!, Error, "no answer");
  for (const [i, { resolve }] of ends.entries()) resolve(i);
  assertEquals(await Promise.all(answers.slice(1)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assertEquals([most, begun], [4, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  assertEquals(await turns.take(() => Promise.resolve("again")), "again");
});
