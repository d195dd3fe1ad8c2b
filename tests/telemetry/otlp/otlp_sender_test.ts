import { assert, assertEquals, assertMatch } from "@std/assert";
import { Delivery } from "../../../lib/telemetry/delivery.ts";
import { OtlpSender } from "../../../lib/telemetry/otlp/otlp_sender.ts";
import { type OtlpTransport, TransportError } from "../../../lib/telemetry/otlp/transport.ts";

const RETRY_AT_ONCE = new TransportError("busy", { retryable: true, retryAfterMillis: 0 });

/** A sender whose transport answers with what it is told, one after the other. */
function createSender(answers: (Uint8Array | Error)[], timeoutMillis = 10_000) {
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
      const answer = answers[attempts++] ?? new Uint8Array();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    shutdown: () => closed = true,
  };
  const sender = new OtlpSender({
    transport,
    readResponse: (answer) => ({
      rejected: answer[0] ?? 0,
      message: answer.length > 0 ? "too old" : "",
    }),
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
    send(count: number): Promise<void> {
      delivery.add(count);
      return delivery.settle(count, sender.send(new Uint8Array(), count));
    },
  };
}

Deno.test("OtlpSender counts what arrived", async () => {
  const run = createSender([]);
  await run.send(3);
  assertEquals(run.delivery.summary(), "Sent 3 of 3 spans to http://collector");
  assertEquals(run.reports, []);
});

Deno.test("OtlpSender sends again what may be sent again, and tells trouble once", async () => {
  const run = createSender([RETRY_AT_ONCE, RETRY_AT_ONCE]);
  await run.send(1);
  assertEquals(run.attempts, 3);
  assertEquals(run.delivery.sent, 1);
  assertEquals(run.reports.length, 2);
  assert(run.reports[0]!.startsWith("Cannot send spans to http://collector: busy."));
  assertEquals(run.reports[1], "Spans reach http://collector again");
});

Deno.test("OtlpSender gives up at once where the server refuses", async () => {
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
  const later = new TransportError("busy", { retryable: true, retryAfterMillis: 60_000 });
  const run = createSender([later], 1000);
  await run.send(1);
  assertEquals([run.attempts, run.delivery.sent], [1, 0]);
});

Deno.test("OtlpSender tries once more and no more when it shall end", async () => {
  const later = new TransportError("busy", { retryable: true, retryAfterMillis: 9_000 });
  const run = createSender([later, later, later]);
  const sending = run.send(1);
  run.sender.shutdown();
  await sending;
  assertEquals([run.attempts, run.delivery.sent, run.closed], [2, 0, true]);
});

Deno.test("OtlpSender counts what the server took only in part", async () => {
  const run = createSender([Uint8Array.of(2)]);
  await run.send(3);
  assertEquals(
    run.delivery.summary(),
    "Sent 1 of 3 spans to http://collector, lost 2: rejected by the server (too old)",
  );
  assertMatch(run.reports[0]!, /: the server rejected 2 of 3: too old\. The app runs on/);
});

Deno.test("OtlpSender believes no server that rejected more than it got", async () => {
  const run = createSender([Uint8Array.of(200)]);
  await run.send(3);
  assertEquals([run.delivery.sent, run.delivery.lost], [0, 3]);
});

Deno.test("OtlpSender passes on, once, what a server says that took everything", async () => {
  const run = createSender([Uint8Array.of(0), Uint8Array.of(0)]);
  await run.send(3);
  await run.send(1);
  assertEquals(run.reports, ["The server took the spans at http://collector, and says: too old"]);
  assertEquals(run.delivery.summary(), "Sent 4 of 4 spans to http://collector");
});
