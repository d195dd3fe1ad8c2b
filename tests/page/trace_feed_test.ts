import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { TraceList } from "../../lib/collector/model.ts";
import {
  EMPTY,
  type FeedState,
  PAGE_LENGTH,
  TraceFeed,
} from "../../lib/page/views/traces/trace_feed.ts";
import { smallTrace } from "../helpers/page_traces.ts";

const SUMMARY = smallTrace(0).summary;

/** A collector with numbered traces, and a page that shows them. */
function createRoom(count: number, answerLater: (list: TraceList) => Promise<TraceList>) {
  const room = {
    count,
    isAtTop: true,
    state: EMPTY as FeedState,
    feed: undefined as unknown as TraceFeed,
    /** The traces shown, from the top. */
    numbers: () => room.state.traces.map(({ traceId }) => Number(traceId)),
  };
  room.feed = new TraceFeed({
    // The answer has the traces that existed when it was requested.
    read: (before) => answerLater(list(room.count, before)),
    isAtTop: () => room.isAtTop,
    onChange: (state) => room.state = state,
  });
  return room;
}

function list(count: number, before: string | undefined): TraceList {
  const first = before === undefined ? count : Number(before) - 1;
  const traces = range(first, Math.max(first - PAGE_LENGTH + 1, 1))
    .map((number) => ({ ...SUMMARY, traceId: String(number) }));
  return { traces, matched: count, kept: count };
}

/** Numbers counting down from one to another. */
function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(first - last + 1, 0) }, (_, i) => first - i);
}

/** Delays answers until the test releases them, in any order. */
function createAnswers() {
  const waiting: (() => void)[] = [];
  let onAsked = () => {};
  return {
    later: (list: TraceList) =>
      new Promise<TraceList>((resolve) => {
        waiting.push(() => resolve(list));
        onAsked();
      }),
    /** Resolves once this many requests are waiting for answers. */
    asked: (count: number) =>
      new Promise<void>((resolve) => {
        onAsked = () => waiting.length >= count && resolve();
        onAsked();
      }),
    /** Answers the nth waiting request. */
    answer: (n = 0) => waiting.splice(n, 1)[0]!(),
    get count() {
      return waiting.length;
    },
  };
}

async function startRoom(count: number) {
  const answers = createAnswers();
  const room = createRoom(count, answers.later);
  const loaded = room.feed.load();
  answers.answer();
  await loaded;
  return { room, answers };
}

Deno.test("TraceFeed drops older traces that arrive after a reload", async () => {
  const { room, answers } = await startRoom(1000);
  const older = room.feed.loadOlder();
  room.count += 300;
  const loaded = room.feed.load();
  answers.answer(1);
  await loaded;
  answers.answer(0);
  await older;
  assertEquals(room.numbers(), range(1300, 1201));
  assert(room.state.hasOlder);
  const more = room.feed.loadOlder();
  answers.answer();
  await more;
  assertEquals(room.numbers(), range(1300, 1101));
});

Deno.test("TraceFeed loads no older traces for a list that is being reloaded", async () => {
  const { room, answers } = await startRoom(1000);
  const loaded = room.feed.load();
  await room.feed.loadOlder();
  assertEquals(answers.count, 1);
  answers.answer();
  await loaded;
  assertEquals(room.numbers(), range(1000, 901));
});

Deno.test("TraceFeed drops older traces that do not join a list that was replaced", async () => {
  const { room, answers } = await startRoom(1000);
  const older = room.feed.loadOlder();
  room.count += 30;
  const refreshed = room.feed.refresh();
  await answers.asked(2);
  answers.answer(1);
  await refreshed;
  answers.answer(0);
  await older;
  assertEquals(room.numbers(), range(1030, 931));
  assert(room.state.hasOlder);
});

Deno.test("TraceFeed counts what arrives while its list is scrolled down or paused", async () => {
  const { room, answers } = await startRoom(1000);
  room.isAtTop = false;
  room.count += 3;
  const refreshed = room.feed.refresh();
  await answers.asked(1);
  answers.answer();
  await refreshed;
  assertEquals(room.numbers(), range(1000, 901));
  assertEquals(room.state.waiting.size, 3);
});

Deno.test("TraceFeed uses the answer to the last load, whichever arrives last", async () => {
  const { room, answers } = await startRoom(10);
  const first = room.feed.load();
  room.count = 20;
  const second = room.feed.load();
  answers.answer(1);
  await second;
  answers.answer(0);
  await first;
  assertEquals(room.numbers(), range(20, 1));
});

Deno.test("TraceFeed loses nothing that arrives while it loads", async () => {
  const { room, answers } = await startRoom(10);
  const loaded = room.feed.load();
  room.count = 20;
  const refreshed = room.feed.refresh();
  answers.answer();
  await loaded;
  await answers.asked(1);
  answers.answer();
  await refreshed;
  assertEquals(room.numbers(), range(20, 1));
});

Deno.test("TraceFeed shows the list before until it is read, and not where it cannot be", async () => {
  const { room } = await startRoom(10);
  const states: FeedState[] = [];
  const feed = new TraceFeed({
    shown: room.state,
    read: () => Promise.reject(new Error("no answer")),
    isAtTop: () => true,
    onChange: (state) => states.push(state),
  });
  await feed.load();
  assertEquals(states.map(({ traces, isLoading }) => [traces.length, isLoading]), [[10, true], [
    0,
    false,
  ]]);
  assertEquals(states.at(-1)?.error?.message, "no answer");
});

Deno.test("TraceFeed reports nothing once it has ended", async () => {
  const { room, answers } = await startRoom(1000);
  const work = [room.feed.loadOlder(), room.feed.refresh()];
  await answers.asked(2);
  room.feed.end();
  const { state } = room;
  answers.answer();
  answers.answer();
  await Promise.all(work);
  assertEquals(room.state, state);
});

const step = fc.oneof(
  fc.record({ arrive: fc.integer({ min: 1, max: 130 }) }),
  fc.constantFrom("older" as const, "reload" as const, "scroll" as const, "answer" as const),
);

Deno.test("TraceFeed never shows a list with a gap, in whatever order it is answered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 40 }), async (s, steps) => {
      const room = createRoom(700, (list) => s.schedule(Promise.resolve(list)));
      const work = [room.feed.load()];
      for (const step of steps) {
        if (step === "older") work.push(room.feed.loadOlder());
        else if (step === "reload") work.push(room.feed.load());
        else if (step === "scroll") room.isAtTop = !room.isAtTop;
        else if (step === "answer" && s.count() > 0) await s.waitOne();
        else if (typeof step === "object") {
          room.count += step.arrive;
          work.push(room.feed.refresh());
        }
        checkWhole(room.state);
      }
      await s.waitFor(Promise.all(work));
      checkWhole(room.state);
      for (let older = true; older; older = room.state.hasOlder) {
        await s.waitFor(room.feed.loadOlder());
      }
      checkWhole(room.state);
      assertEquals(room.numbers().at(-1), 1);
    }),
  );
});

function checkWhole({ traces, hasOlder, isLoading }: FeedState): void {
  const numbers = traces.map(({ traceId }) => Number(traceId));
  const gap = numbers.findIndex((number, i) => i > 0 && number !== numbers[i - 1]! - 1);
  assertEquals(gap, -1, `a gap at ${numbers[gap]}`);
  assert(isLoading || hasOlder || numbers.at(-1) === 1, `ends with ${numbers.at(-1)}`);
}
