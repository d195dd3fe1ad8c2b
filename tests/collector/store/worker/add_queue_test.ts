import { assertEquals } from "@std/assert";
import { AddQueue } from "../../../../lib/collector/store/worker/add_queue.ts";
import type { AddOutcome, AddRequest } from "../../../../lib/collector/store/worker/store_calls.ts";

const SHORT = 1000;
const LONG = 2 ** 20;

/** A queue whose batches are processed on demand. Requests are identified by their length. */
function heldQueue() {
  const sent: number[][] = [];
  const batches: PromiseWithResolvers<AddOutcome[]>[] = [];
  const answers: number[] = [];
  const queue = new AddQueue((requests: AddRequest[]) => {
    sent.push(requests.map(({ bytes }) => bytes.length));
    const batch = Promise.withResolvers<AddOutcome[]>();
    batches.push(batch);
    return batch.promise;
  });
  return {
    queue,
    sent,
    answers,
    add(length: number) {
      void queue.add("traces", new Uint8Array(length)).then(() => answers.push(length));
    },
    /** Processes the batch with this index. */
    async take(index: number) {
      const result = { accepted: 1, rejected: 0, duplicated: 0, serviceNames: [] };
      batches[index]!.resolve(sent[index]!.map(() => ({ result })));
      await batches[index]!.promise;
      // The queue is notified after this promise's other listeners.
      await Promise.resolve();
    },
  };
}

Deno.test("a short request does not wait for earlier long ones", async () => {
  const { add, sent, answers, take } = heldQueue();
  for (let i = 0; i < 3; i++) add(LONG + i);
  add(SHORT);
  assertEquals(sent, [[LONG], [SHORT]]);
  await take(1);
  assertEquals(answers, [SHORT]);
});

Deno.test("long requests are passed on one batch at a time, in order", async () => {
  const { add, sent, take, queue } = heldQueue();
  for (let i = 0; i < 3; i++) add(4 * LONG + i);
  assertEquals(sent, [[4 * LONG]]);
  await take(0);
  await take(1);
  await take(2);
  assertEquals(sent, [[4 * LONG], [4 * LONG + 1], [4 * LONG + 2]]);
  assertEquals(queue.pendingBytes, 0);
});

Deno.test("waiting short requests are batched", async () => {
  const { add, sent, take } = heldQueue();
  for (let i = 0; i < 5; i++) add(SHORT + i);
  await take(0);
  assertEquals(sent, [[SHORT], [SHORT + 1], [SHORT + 2, SHORT + 3, SHORT + 4]]);
});
