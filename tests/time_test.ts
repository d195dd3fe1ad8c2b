import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { aborted, anySignal, inTime, sleep, within } from "../lib/time.ts";
import { stopTime } from "./helpers/fake_time.ts";

const never = () => new Promise<never>(() => {});

/** Whether the work is done once everything that is ready has run. */
async function isDone(work: Promise<unknown>): Promise<boolean> {
  let done = false;
  work.then(() => done = true);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return done;
}

Deno.test("sleep() ends after the time", async () => {
  using time = stopTime();
  const slept = sleep(100);
  await time.pass(99);
  assertEquals(await isDone(slept), false);
  await time.pass(1);
  assertEquals(await isDone(slept), true);
});

Deno.test("sleep() ends as soon as the signal aborts, or immediately if it already has", async () => {
  using _time = stopTime();
  const controller = new AbortController();
  const slept = sleep(100, controller.signal);
  assertEquals(await isDone(slept), false);
  controller.abort();
  assertEquals(await isDone(slept), true);
  assertEquals(await isDone(sleep(100, controller.signal)), true);
});

Deno.test("within() returns whether the work was done in time", async () => {
  using time = stopTime();
  assertEquals(await within(100, Promise.resolve()), true);
  const late = within(100, never());
  await time.pass(100);
  assertEquals(await late, false);
});

Deno.test("within() fails as the work does, but not after its time", async () => {
  using time = stopTime();
  await assertRejects(() => within(100, Promise.reject(new Error("broken"))), Error, "broken");
  const { promise, reject } = Promise.withResolvers<void>();
  const late = within(100, promise);
  await time.pass(100);
  // Nothing waits for it any more: this must not become an unhandled rejection.
  reject(new Error("broken"));
  assertEquals(await late, false);
});

Deno.test("inTime() returns the result of the work, or throws the given error", async () => {
  using time = stopTime();
  assertEquals(await inTime(100, Promise.resolve("here"), () => new Error("late")), "here");
  const late = assertRejects(() => inTime(100, never(), () => new Error("late")), Error, "late");
  await time.pass(100);
  await late;
});

Deno.test("inTime() waits without a limit if it is Infinity", async () => {
  using time = stopTime();
  const { promise, resolve } = Promise.withResolvers<string>();
  const waiting = inTime(Infinity, promise, () => new Error("late"));
  await time.pass(2 ** 31);
  resolve("here");
  assertEquals(await waiting, "here");
});

Deno.test("aborted() resolves with the signal, or immediately", async () => {
  const controller = new AbortController();
  const waiting = aborted(controller.signal);
  assertEquals(await isDone(waiting), false);
  controller.abort();
  assertEquals(await isDone(waiting), true);
  assertEquals(await isDone(aborted(controller.signal)), true);
});

Deno.test("anySignal() aborts with the first of the signals, and with its reason", () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const signal = anySignal(first.signal, second.signal);
  assertEquals(signal.aborted, false);
  second.abort("second");
  first.abort("first");
  assertStrictEquals(signal.reason, "second");
  assertStrictEquals(anySignal(AbortSignal.abort("before"), first.signal).reason, "before");
});
