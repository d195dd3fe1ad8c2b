import { assertEquals } from "@std/assert";
import { evaluate } from "../../../lib/workshop/conditions/evaluate.ts";
import { stopTime } from "../../helpers/fake_time.ts";
import { testWith } from "../../helpers/needs.ts";
import {
  contextOf,
  type FakeBackends,
  startFakeBackends,
  told,
} from "../../helpers/workshop_backends.ts";

const SHOP = "shop";
const CONDITION = {
  id: "flushes",
  says: "It flushes",
  fails: {},
  check: { kind: "shutdown", service: SHOP },
} as const;

/** What happens to the app between two checks, in order. */
interface Story {
  fake: FakeBackends;
  /** Checks once: the reason, or undefined if it passed. */
  check(): Promise<string | undefined>;
  pass(millis: number): void;
  stopApp(): Promise<void>;
  /** A span that starts now and arrives with {@linkcode FakeBackends.spans}. */
  request(): ReturnType<typeof told>;
}

async function tell(story: (given: Story) => Promise<void>): Promise<void> {
  using time = stopTime();
  await using fake = startFakeBackends();
  const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  const app = Deno.serve(options, () => new Response());
  const context = contextOf(fake, {
    appUrl: `http://127.0.0.1:${app.addr.port}`,
    startedAt: Date.now(),
  });
  try {
    await story({
      fake,
      check: async () => (await evaluate(CONDITION, context)).reason,
      pass: (millis) => time.jump(millis),
      stopApp: () => app.shutdown(),
      request: () => told({ service: SHOP }),
    });
  } finally {
    await app.shutdown();
  }
}

testWith(
  ["net"],
  "a span that arrives after the app stopped shows that it flushed",
  () =>
    tell(async ({ fake, check, pass, stopApp, request }) => {
      fake.spans.push(request());
      assertEquals(await check(), "still-running");
      const last = request();
      pass(1000);
      await stopApp();
      assertEquals(await check(), "still-running");
      fake.spans.push(last);
      assertEquals(await check(), undefined);
      // What was seen once stays true.
      pass(60_000);
      assertEquals(await check(), undefined);
    }),
);

testWith(
  ["net"],
  "an app that stops without a flush loses its last spans",
  () =>
    tell(async ({ check, pass, stopApp, request }) => {
      request();
      assertEquals(await check(), "still-running");
      await stopApp();
      assertEquals(await check(), "still-running");
      pass(7000);
      assertEquals(await check(), "not-flushed");
    }),
);

testWith(
  ["net"],
  "a span that a batch could have sent proves nothing",
  () =>
    tell(async ({ fake, check, pass, stopApp, request }) => {
      const last = request();
      assertEquals(await check(), "still-running");
      pass(4900);
      await stopApp();
      fake.spans.push(last);
      assertEquals(await check(), "unclear");
    }),
);

testWith(
  ["net"],
  "a span that arrived as fast as earlier ones proves nothing",
  () =>
    tell(async ({ fake, check, pass, stopApp, request }) => {
      fake.spans.push(request());
      assertEquals(await check(), "still-running");
      const quick = request();
      pass(200);
      fake.spans.push(quick);
      assertEquals(await check(), "still-running");
      const last = request();
      pass(1000);
      await stopApp();
      fake.spans.push(last);
      assertEquals(await check(), "unclear");
    }),
);

testWith(
  ["net"],
  "an app that was never seen running can't be seen stopping",
  () =>
    tell(async ({ check, stopApp }) => {
      await stopApp();
      assertEquals(await check(), "not-running");
    }),
);
