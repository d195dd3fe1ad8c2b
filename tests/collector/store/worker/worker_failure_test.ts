import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { type Store, StoreUnavailableError } from "../../../../lib/collector/store/store.ts";
import { AddQueue } from "../../../../lib/collector/store/worker/add_queue.ts";
import { openStore } from "../../../../lib/collector/store/worker/open_store.ts";
import type { StoreMessage } from "../../../../lib/collector/store/worker/store_calls.ts";
import { startWorker } from "../../../../lib/collector/store/worker/start_worker.ts";
import { WorkerCalls } from "../../../../lib/collector/store/worker/worker_calls.ts";
import { testWith } from "../../../helpers/needs.ts";
import { ONE_SPAN, protobufOf } from "../../../helpers/otlp_requests.ts";
import { within } from "../../../helpers/patience.ts";

const FAILING_WORKER = new URL(
  "../../../testdata/programs/failing_store_worker.ts",
  import.meta.url,
);

/** A worker and a clock that the test controls. */
function fakeCalls() {
  let send: (message: StoreMessage) => void;
  let failWith: (reason: string) => void;
  const reasons: string[] = [];
  let tick = () => {};
  let isTerminated = false;
  const pulse = { beats: 0, heapMiB: 10 };
  const calls = new WorkerCalls({
    send() {},
    listen: (onMessage, onFailure) => [send, failWith] = [onMessage, onFailure],
    terminate: () => isTerminated = true,
  }, {
    onMessage() {},
    pulse,
    maxHeapMiB: 100,
    onFailure: (reason) => void reasons.push(reason),
    startClock: (everySecond) => {
      tick = everySecond;
      return { [Symbol.dispose]: () => tick = () => {} };
    },
  });
  return {
    calls,
    pulse,
    reasons,
    fail: (reason: string) => failWith(reason),
    answer: (message: StoreMessage) => send(message),
    wait: (seconds: number) => {
      for (let i = 0; i < seconds; i++) tick();
    },
    get isTerminated() {
      return isTerminated;
    },
  };
}

Deno.test("a failed worker rejects pending and new calls with its reason", async () => {
  const test = fakeCalls();
  const waiting = assertRejects(() => test.calls.call("stats", []), StoreUnavailableError);
  test.fail("out of luck");
  test.fail("it ended");
  assertStringIncludes((await waiting).message, "out of luck");
  await assertRejects(() => test.calls.call("stats", []), StoreUnavailableError, "out of luck");
  assertEquals([test.reasons, test.isTerminated], [["out of luck"], true]);
});

Deno.test("a worker that does not answer has failed, except during long operations", async () => {
  const test = fakeCalls();
  test.wait(100);
  const first = test.calls.call("stats", []);
  test.wait(30);
  test.answer({ id: 1, result: undefined });
  await first;
  const opening = test.calls.call("clear", []);
  test.wait(100);
  assertEquals(test.reasons, []);
  test.answer({ id: 2, result: undefined });
  await opening;
  const third = assertRejects(() => test.calls.call("stats", []), StoreUnavailableError);
  test.wait(31);
  await third;
  assertEquals(test.reasons, ["it does not answer any more"]);
});

Deno.test("a worker that keeps making progress is waited for, however long it takes", async () => {
  const test = fakeCalls();
  const answer = test.calls.call("findTraces", [{ limit: 1 }]);
  test.pulse.heapMiB = 99;
  for (let beat = 0; beat < 100; beat++) {
    test.wait(5);
    test.pulse.beats++;
  }
  assertEquals(test.reasons, []);
  test.answer({ id: 1, result: undefined });
  await answer;
});

Deno.test("a worker that stalls with a full heap has failed after seconds", async () => {
  const test = fakeCalls();
  const waiting = assertRejects(() => test.calls.call("stats", []), StoreUnavailableError);
  test.wait(30);
  assertEquals(test.reasons, []);
  test.pulse.beats++;
  test.pulse.heapMiB = 76;
  test.wait(5);
  assertEquals(test.reasons, []);
  test.wait(1);
  assertStringIncludes((await waiting).message, "it is out of memory");
});

for (const failure of ["throw", "exit"]) {
  for (const isInFile of [false, true]) {
    const place = isInFile ? "a file" : "memory";
    testWith(
      ["read", "write"],
      `a store in ${place} survives a worker's ${failure} under load`,
      async () => {
        const folder = await Deno.makeTempDir();
        const told: string[] = [];
        const isBack = Promise.withResolvers<void>();
        await using store = await openStore({
          maxTraces: 100_000,
          maxBytes: 2 ** 26,
          onNotice(message) {
            if (told.push(message) === 2) isBack.resolve();
          },
          ...isInFile && { file: join(folder, "store.db") },
        }, { createWorker: () => startWorker(FAILING_WORKER, 256) });
        const resync = Promise.withResolvers<void>();
        using _ = store.subscribe(({ isTruncated }) => isTruncated && resync.resolve());

        const acknowledged = [];
        acknowledged.push(await addSome(store, 50));
        const during = addSome(store, 200);
        await store.operations(failure).catch((error) =>
          assert(error instanceof StoreUnavailableError)
        );
        acknowledged.push(await during);
        await within(isBack.promise, "the new worker");
        const { failures, signals } = await store.stats();
        const sum = acknowledged.reduce((a, b) => a + b);
        assertEquals(failures!.count, 1);
        assertEquals(signals.traces.kept + failures!.lost.traces >= sum, true);
        if (isInFile) {
          assert(signals.traces.kept >= sum, `${signals.traces.kept} of ${sum} are kept`);
        } else assertEquals(signals.traces.kept, 0);
        assertStringIncludes(told[0]!, failure === "throw" ? "out of luck" : "it ended");
        assertStringIncludes(told[1]!, isInFile ? "No data was lost" : "Lost: ");
        await within(resync.promise, "the resync");
        assertEquals(await addSome(store, 10), 10);
        await Deno.remove(folder, { recursive: true }).catch(() => {});
      },
    );
  }
}

/** Adds this many spans at once, and returns how many were accepted. */
async function addSome(store: Store, count: number): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: count }, () => {
    const request = structuredClone(ONE_SPAN);
    const [span] = request.resourceSpans[0]!.scopeSpans[0]!.spans;
    span!.traceId = crypto.randomUUID().replaceAll("-", "");
    return store.add("traces", protobufOf("TracesData", request));
  }));
  for (const result of results) {
    if (result.status === "rejected") assert(result.reason instanceof StoreUnavailableError);
  }
  return results.filter(({ status }) => status === "fulfilled").length;
}

Deno.test("requests that arrive while the worker is busy are batched", async () => {
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
