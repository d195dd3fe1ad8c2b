import { assertEquals, assertRejects } from "@std/assert";
import { AddQueue } from "../../../../lib/collector/store/worker/add_queue.ts";
import { WorkerCalls } from "../../../../lib/collector/store/worker/worker_calls.ts";
import { testWith } from "../../../helpers/needs.ts";

testWith(
  ["read"],
  "a worker that fails rejects what waits and what comes, with its reason",
  async () => {
    const source = "self.onmessage = () => { throw new Error('out of luck'); };";
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const calls = new WorkerCalls(new Worker(url, { type: "module" }), () => {});
    const reason = /The store has failed: .*out of luck.*Start the collector again/;
    const first = await assertRejects(() => calls.call("stats", []), Error);
    assertEquals(reason.test(first.message), true, first.message);
    const second = await assertRejects(() => calls.call("stats", []), Error);
    assertEquals(second.message, first.message);
    URL.revokeObjectURL(url);
  },
);

Deno.test("requests that come while the worker is busy go together", async () => {
  const sent: number[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  const result = { accepted: 1, rejected: 0, duplicated: 0, serviceNames: [] };
  const queue = new AddQueue(async (requests) => {
    sent.push(requests.length);
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    await answer.promise;
    return requests.map(() => ({ result }));
  });
  const adds = Array.from({ length: 10 }, () => queue.add("logs", new Uint8Array(100)));
  assertEquals([sent, queue.pendingBytes], [[1, 1], 1000]);
  answers[0]!.resolve();
  await adds[0];
  assertEquals([sent, queue.pendingBytes], [[1, 1, 8], 900]);
  answers[1]!.resolve();
  answers[2]!.resolve();
  assertEquals(await Promise.all(adds), Array(10).fill(result));
  assertEquals(queue.pendingBytes, 0);
});

Deno.test("a batch that fails rejects its requests, and the next one is sent", async () => {
  let calls = 0;
  const queue = new AddQueue((requests) =>
    ++calls === 1 ? Promise.reject(new Error("the disk is full")) : Promise.resolve(
      requests.map(() => ({ error: { message: "bad", isMalformed: true, byteOffset: 3 } })),
    )
  );
  await assertRejects(() => queue.add("logs", new Uint8Array(1)), Error, "the disk is full");
  const failure = await assertRejects(() => queue.add("logs", new Uint8Array(1)), Error, "bad");
  assertEquals([failure.name, queue.pendingBytes], ["MalformedError", 0]);
});
