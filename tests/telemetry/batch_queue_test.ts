import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import { type BatchOptions, BatchQueue } from "../../lib/telemetry/batch_queue.ts";
import { Delivery } from "../../lib/telemetry/delivery.ts";
import { otlpDestination } from "../../lib/telemetry/otlp/destination.ts";
import { OtlpSender } from "../../lib/telemetry/otlp/otlp_sender.ts";
import type { OtlpTransport } from "../../lib/telemetry/otlp/transport.ts";
import { QueueSpanProcessor } from "../../lib/telemetry/traces/queue_span_processor.ts";

/** A processor whose batches are lists of names, and a transport that answers when it is told to. */
function createProcessor(options: Partial<BatchOptions> = {}) {
  const batches: string[] = [];
  const answers: PromiseWithResolvers<Uint8Array>[] = [];
  const sentBatches: PromiseWithResolvers<void>[] = [Promise.withResolvers()];
  const transport: OtlpTransport = {
    send(body) {
      batches.push(new TextDecoder().decode(body));
      const answer = Promise.withResolvers<Uint8Array>();
      answers.push(answer);
      sentBatches.at(-1)!.resolve();
      sentBatches.push(Promise.withResolvers());
      return answer.promise;
    },
    shutdown: () => {},
  };
  const delivery = new Delivery({ signal: "traces", destination: "test", report: () => {} });
  const encoding = {
    createEncoder() {
      const names: string[] = [];
      return {
        add({ name }: ReadableSpan) {
          if (name === "unencodable") throw new TypeError("no text for this");
          names.push(name);
        },
        finish: () => new TextEncoder().encode(names.join()),
      };
    },
  };
  const sender = new OtlpSender({
    transport,
    readResponse: () => ({ rejected: 0, message: "" }),
    delivery,
    timeoutMillis: 1e6,
  });
  const queue = new BatchQueue(otlpDestination(encoding, { sender, delivery }), delivery, {
    scheduledDelayMillis: 1_000_000,
    exportTimeoutMillis: 1_000_000,
    maxQueueSize: 4,
    maxExportBatchSize: 2,
    ...options,
  });
  const processor = new QueueSpanProcessor(queue);
  return {
    processor,
    batches,
    delivery,
    end(name: string, traceFlags = 1) {
      processor.onEnd({ name, spanContext: () => ({ traceFlags }) } as ReadableSpan);
    },
    /** Answers the nth batch. */
    answer: (n: number) => answers[n]!.resolve(new Uint8Array()),
    /** Resolves when the nth batch is on its way. */
    sent: (n: number) => sentBatches[n]!.promise,
  };
}

Deno.test("BatchQueue sends full batches, one after the other", async () => {
  const run = createProcessor();
  ["a", "b", "c", "d", "e"].forEach((name) => run.end(name));
  await run.sent(0);
  assertEquals(run.batches, ["a,b"]);
  run.answer(0);
  await run.sent(1);
  assertEquals(run.batches, ["a,b", "c,d"]);
  const flushed = run.processor.forceFlush();
  run.answer(1);
  await run.sent(2);
  run.answer(2);
  await flushed;
  assertEquals(run.batches, ["a,b", "c,d", "e"]);
  assertEquals(run.delivery.sent, 5);
});

Deno.test("BatchQueue drops and counts what the queue cannot hold", async () => {
  const run = createProcessor();
  // The first batch is on its way and no longer in the queue of four.
  for (const name of "abcdefgh") run.end(name);
  await run.sent(0);
  const ended = run.processor.shutdown();
  for (const n of [0, 1, 2]) {
    await run.sent(n);
    run.answer(n);
  }
  await ended;
  assertEquals(run.batches, ["a,b", "c,d", "e,f"]);
  assertEquals(run.delivery.summary(), "Sent 6 of 8 spans to test, lost 2: the queue was full");
});

Deno.test("BatchQueue takes sampled spans only, and none after the end", async () => {
  const run = createProcessor();
  run.end("not sampled", 0);
  await run.processor.shutdown();
  run.end("too late");
  assertEquals([run.delivery.created, run.batches], [0, []]);
});

Deno.test("BatchQueue sends what waited long enough", async () => {
  const run = createProcessor({ scheduledDelayMillis: 0 });
  run.end("a");
  await run.sent(0);
  run.answer(0);
  await run.processor.shutdown();
  assertEquals(run.batches, ["a"]);
});

Deno.test("BatchQueue goes on after a flush of nothing", async () => {
  const run = createProcessor();
  await run.processor.forceFlush();
  run.end("a");
  const flushed = run.processor.forceFlush();
  assertEquals(run.batches, ["a"]);
  run.answer(0);
  await flushed;
  assertEquals(run.delivery.summary(), "Sent 1 of 1 spans to test");
});

Deno.test("BatchQueue counts a span that cannot be encoded as lost", async () => {
  const run = createProcessor();
  run.end("unencodable");
  run.end("a");
  const flushed = run.processor.forceFlush();
  run.answer(0);
  await flushed;
  assertEquals(run.batches, ["a"]);
  assertEquals(run.delivery.summary(), "Sent 1 of 2 spans to test, lost 1: no text for this");
});

Deno.test("BatchQueue goes on where an export takes too long", async () => {
  const run = createProcessor({ exportTimeoutMillis: 0 });
  run.end("a");
  await run.processor.forceFlush();
  run.end("b");
  await run.processor.forceFlush();
  assertEquals(run.batches, ["a", "b"]);
  run.answer(0);
  run.answer(1);
  await run.processor.shutdown();
});
