import { assert, assertEquals, assertMatch } from "@std/assert";
import type { PartialSuccess } from "../../../lib/otlp/export_response.ts";
import { Delivery } from "../../../lib/telemetry/delivery.ts";
import { OtlpSender } from "../../../lib/telemetry/otlp/otlp_sender.ts";
import { type OtlpTransport, TransportError } from "../../../lib/telemetry/otlp/transport.ts";
import { skipTime, stopTime } from "../../helpers/fake_time.ts";

const BUSY = new TransportError("busy", { retryable: true });

/** A server that asks the client to wait. */
function busyFor(retryAfterMillis: number): TransportError {
  return new TransportError("busy", { retryable: true, retryAfterMillis });
}

/** A sender whose transport gives these answers, one after another. */
function createSender(answers: (PartialSuccess | Error)[], timeoutMillis = 10_000) {
  const reports: string[] = [];
  const delivery = new Delivery({
    signal: "traces",
    destination: "http://collector",
    report: (message) => reports.push(message),
  });
  let attempts = 0;
  let closed = false;
  const transport: OtlpTransport = {
    send() {
      const answer = answers[attempts++] ?? { rejected: 0, message: "" };
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    shutdown: () => closed = true,
  };
  const sender = new OtlpSender({
    transport,
    delivery,
    timeoutMillis,
  });
  return {
    delivery,
    reports,
    sender,
    get attempts() {
      return attempts;
    },
    get closed() {
      return closed;
    },
    send(count: number, timeoutMillis?: number): Promise<void> {
      delivery.add(count);
      return delivery.settle(count, sender.send(new Uint8Array(), timeoutMillis));
    },
  };
}

Deno.test("OtlpSender counts what arrived", async () => {
  const run = createSender([]);
  await run.send(3);
  assertEquals(run.delivery.summary(), "Sent 3 of 3 spans to http://collector");
  assertEquals(run.reports, []);
});

Deno.test("OtlpSender retries retryable failures, and reports trouble once", async () => {
  using _ = skipTime();
  const run = createSender([BUSY, BUSY]);
  await run.send(1);
  assertEquals(run.attempts, 3);
  assertEquals(run.delivery.sent, 1);
  assertEquals(run.reports.length, 2);
  assert(run.reports[0]!.startsWith("Cannot send spans to http://collector: busy."));
  assertEquals(run.reports[1], "Spans reach http://collector again");
});

Deno.test("OtlpSender gives up immediately if the server rejects the request", async () => {
  const refusal = new TransportError("the server answered 400", { retryable: false });
  const run = createSender([refusal, refusal]);
  await run.send(2);
  await run.send(1);
  assertEquals(run.attempts, 2);
  assertEquals(run.reports.length, 1);
  assertEquals(
    run.delivery.summary(),
    "Sent 0 of 3 spans to http://collector, lost 3: the server answered 400",
  );
});

Deno.test("OtlpSender gives up when the time is over", async () => {
  const run = createSender([BUSY], 500);
  await run.send(1);
  assertEquals([run.attempts, run.delivery.sent], [1, 0]);
});

for (const retryAfterMillis of [0, -5000, 0.001]) {
  Deno.test(`OtlpSender backs off if a server asks to wait ${retryAfterMillis} ms`, async () => {
    using time = stopTime();
    const run = createSender([busyFor(retryAfterMillis), busyFor(retryAfterMillis)]);
    const sending = run.send(1);
    await time.pass(799);
    assertEquals(run.attempts, 1);
    await time.pass(401);
    assertEquals(run.attempts, 2);
    await time.pass(1800);
    await sending;
    assertEquals([run.attempts, run.delivery.sent], [3, 1]);
  });
}

Deno.test("OtlpSender honors a delay longer than its own time limit, for all batches", async () => {
  using time = stopTime();
  const run = createSender([busyFor(60_000)], 1000);
  const sending = [run.send(1)];
  await time.pass(10_000);
  sending.push(run.send(2));
  await time.pass(49_999);
  assertEquals([run.attempts, run.delivery.lost], [1, 0]);
  await time.pass(1);
  await Promise.all(sending);
  assertEquals([run.attempts, run.delivery.sent], [3, 3]);
});

Deno.test("OtlpSender keeps a delay that is longer than an export may take", async () => {
  using time = stopTime();
  const run = createSender([busyFor(60_000)]);
  const sending = run.send(1, 30_000);
  await time.pass(29_000);
  assertEquals(run.delivery.lost, 0);
  await time.pass(1000);
  await sending;
  assertEquals([run.attempts, run.delivery.lost], [1, 1]);
  const next = run.send(1, 31_000);
  await time.pass(29_000);
  assertEquals(run.attempts, 1);
  await time.pass(1000);
  await next;
  assertEquals([run.attempts, run.delivery.lost, run.delivery.sent], [2, 1, 1]);
  assertEquals(
    run.delivery.summary(),
    "Sent 1 of 2 spans to http://collector, lost 1: busy",
  );
});

Deno.test("OtlpSender backs off further if a server always asks for the same delay", async () => {
  using time = stopTime();
  const run = createSender(Array.from({ length: 20 }, () => busyFor(1000)));
  const sending = run.send(1);
  await time.pass(30_000);
  // Delays of 1, 1.5, 2.25, 3.4, 5, 5, 5, 5, and 5 seconds, each varied by a fifth, but at least one
  // second.
  assert(run.attempts >= 7 && run.attempts <= 11, `${run.attempts} tries`);
  run.sender.stopRetrying();
  await sending;
});

Deno.test("OtlpSender does not retry immediately if a server asks for a hundred years", async () => {
  using time = stopTime();
  const run = createSender([busyFor(100 * 365 * 24 * 3600_000)]);
  const sending = run.send(1);
  await time.pass(24 * 3600_000);
  assertEquals(run.attempts, 1);
  run.sender.stopRetrying();
  await sending;
  assertEquals([run.attempts, run.delivery.sent], [2, 1]);
});

Deno.test("OtlpSender retries exactly once when it is told to end", async () => {
  const later = busyFor(9_000);
  const run = createSender([later, later, later]);
  const sending = run.send(1);
  run.sender.shutdown();
  await sending;
  assertEquals([run.attempts, run.delivery.sent, run.closed], [2, 0, true]);
});

Deno.test("OtlpSender counts a partial success", async () => {
  const run = createSender([{ rejected: 2, message: "too old" }]);
  await run.send(3);
  assertEquals(
    run.delivery.summary(),
    "Sent 1 of 3 spans to http://collector, lost 2: rejected by the server (too old)",
  );
  assertMatch(run.reports[0]!, /: the server rejected 2 of 3: too old\. The app continues/);
});

for (const [rejected, sent] of [[200, 0], [Infinity, 0], [-1, 3], [-Infinity, 3], [NaN, 3]]) {
  Deno.test(`OtlpSender does not believe a server that rejected ${rejected} of 3`, async () => {
    const run = createSender([{ rejected: rejected!, message: "" }]);
    await run.send(3);
    assertEquals([run.delivery.sent, run.delivery.lost], [sent, 3 - sent!]);
  });
}

Deno.test("OtlpSender passes on the message of a full success once", async () => {
  const warning = { rejected: 0, message: "too old" };
  const run = createSender([warning, warning]);
  await run.send(3);
  await run.send(1);
  assertEquals(run.reports, ["The server took the spans at http://collector, and says: too old"]);
  assertEquals(run.delivery.summary(), "Sent 4 of 4 spans to http://collector");
});
