import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { assertEquals } from "@std/assert";
import type { PartialSuccess } from "../../lib/otlp/export_response.ts";
import { type BatchOptions, BatchQueue } from "../../lib/telemetry/batch_queue.ts";
import { Delivery } from "../../lib/telemetry/delivery.ts";
import { otlpBatchExporter } from "../../lib/telemetry/otlp/otlp_exporter.ts";
import { OtlpSender } from "../../lib/telemetry/otlp/otlp_sender.ts";
import { type OtlpTransport, TransportError } from "../../lib/telemetry/otlp/transport.ts";
import { QueueSpanProcessor } from "../../lib/telemetry/traces/queue_span_processor.ts";
import { stopTime } from "../helpers/fake_time.ts";
import { within } from "../helpers/patience.ts";

/** A processor whose batches are lists of names, and a transport that answers on demand. */
function createProcessor(options: Partial<BatchOptions> = {}, maxConcurrentRequests = 16) {
  const batches: string[] = [];
  const answers: PromiseWithResolvers<PartialSuccess>[] = [];
  const sentBatches: PromiseWithResolvers<void>[] = [];
  const sentBatch = (n: number) => sentBatches[n] ??= Promise.withResolvers();
  const transport: OtlpTransport = {
    send(body) {
      const n = batches.push(new TextDecoder().decode(body)) - 1;
      answers[n] = Promise.withResolvers();
      sentBatch(n).resolve();
      return answers[n].promise;
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
    delivery,
    timeoutMillis: 1e6,
  });
  const exporter = { ...otlpBatchExporter(encoding, { sender }), maxConcurrentRequests };
  const queue = new BatchQueue(exporter, delivery, {
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
    answer: (n: number) => answers[n]!.resolve({ rejected: 0, message: "" }),
    /** Resolves when the nth batch is being sent. */
    sent: (n: number) => within(sentBatch(n).promise, `batch ${n}`),
  };
}

Deno.test("BatchQueue sends full batches, and the rest when it is flushed", async () => {
  const run = createProcessor();
  for (const name of "abcde") run.end(name);
  await run.sent(0);
  run.answer(0);
  await run.sent(1);
  assertEquals(run.batches, ["a,b", "c,d"]);
  const flushed = run.processor.forceFlush();
  for (const n of [1, 2]) {
    await run.sent(n);
    run.answer(n);
  }
  await flushed;
  assertEquals(run.batches, ["a,b", "c,d", "e"]);
  assertEquals(run.delivery.sent, 5);
});

Deno.test("BatchQueue does not let a slow answer hold up later batches, within limits", async () => {
  const run = createProcessor({ maxQueueSize: 1000 });
  const names = Array.from({ length: 38 }, (_, i) => String(i));
  for (const name of names) run.end(name);
  await run.sent(0);
  assertEquals(run.batches.length, 1);
  run.answer(0);
  await run.sent(16);
  assertEquals(run.batches.length, 1 + 16);
  run.answer(7);
  await run.sent(17);
  run.answer(17);
  await run.sent(18);
  const flushed = run.processor.forceFlush();
  for (let n = 1; n < 19; n++) run.answer(n);
  await flushed;
  assertEquals(run.batches.join(), names.join());
  assertEquals(run.delivery.summary(), "Sent 38 of 38 spans to test");
});

Deno.test("BatchQueue never has two batches in flight to a silent server", async () => {
  for (const exportTimeoutMillis of [200, Infinity]) {
    using time = stopTime();
    const run = createProcessor({ exportTimeoutMillis, maxQueueSize: 1000 });
    for (let n = 0; n < 50; n++) run.end(String(n));
    await run.sent(0);
    await time.pass(199);
    assertEquals(run.batches.length, 1);
    await time.pass(1);
    assertEquals(run.batches.length, exportTimeoutMillis === Infinity ? 1 : 2);
  }
});

Deno.test("BatchQueue sends one batch at a time to a server in trouble", async () => {
  const run = createProcessor();
  run.delivery.delay(new TransportError("busy", { retryable: true }));
  for (const name of "abcdef") run.end(name);
  await run.sent(0);
  assertEquals(run.batches, ["a,b"]);
  run.answer(0);
  await run.sent(2);
  assertEquals(run.batches, ["a,b", "c,d", "e,f"]);
  for (const n of [1, 2]) run.answer(n);
  await run.processor.shutdown();
  assertEquals(run.delivery.sent, 6);
});

Deno.test("BatchQueue sends one batch at a time if the exporter accepts no more", async () => {
  const run = createProcessor({}, 1);
  for (const name of "abcd") run.end(name);
  await run.sent(0);
  assertEquals(run.batches, ["a,b"]);
  run.answer(0);
  await run.sent(1);
  run.answer(1);
  await run.processor.shutdown();
  assertEquals(run.batches, ["a,b", "c,d"]);
});

Deno.test("BatchQueue flushes queued spans, whatever arrives meanwhile", async () => {
  const run = createProcessor();
  run.end("a");
  const flushed = run.processor.forceFlush();
  for (const name of "bc") run.end(name);
  await run.sent(0);
  run.answer(0);
  await flushed;
  await run.sent(1);
  assertEquals([run.delivery.sent, run.batches], [1, ["a", "b,c"]]);
  run.answer(1);
  await run.processor.shutdown();
});

Deno.test("BatchQueue drops and counts what the queue cannot hold", async () => {
  const run = createProcessor({}, 1);
  // The first batch is being sent, and has left the queue of four.
  for (const name of "abcdefgh") run.end(name);
  const ended = run.processor.shutdown();
  for (const n of [0, 1, 2]) {
    await run.sent(n);
    run.answer(n);
  }
  await ended;
  assertEquals(run.batches, ["a,b", "c,d", "e,f"]);
  assertEquals(run.delivery.summary(), "Sent 6 of 8 spans to test, dropped 2: the queue was full");
});

Deno.test("BatchQueue accepts only sampled spans, and counts those that arrive after the end", async () => {
  const run = createProcessor();
  run.end("not sampled", 0);
  await run.processor.shutdown();
  run.end("too late");
  assertEquals(run.batches, []);
  assertEquals(
    run.delivery.summary(),
    "Sent 0 of 1 spans to test, lost 1: added while the program was ending",
  );
});

Deno.test("BatchQueue sends spans that have waited long enough", async () => {
  const run = createProcessor({ scheduledDelayMillis: 0 });
  run.end("a");
  await run.sent(0);
  run.answer(0);
  await run.processor.shutdown();
  assertEquals(run.batches, ["a"]);
});

Deno.test("BatchQueue continues after flushing nothing", async () => {
  const run = createProcessor();
  await run.processor.forceFlush();
  run.end("a");
  const flushed = run.processor.forceFlush();
  await run.sent(0);
  run.answer(0);
  await flushed;
  assertEquals(run.batches, ["a"]);
  assertEquals(run.delivery.summary(), "Sent 1 of 1 spans to test");
});

Deno.test("BatchQueue keeps the order of many spans, with those that cannot be encoded left out", async () => {
  const run = createProcessor({ maxQueueSize: 1000, maxExportBatchSize: 100 });
  const names = Array.from({ length: 170 }, (_, i) => i % 40 === 39 ? "unencodable" : `${i}`);
  for (const name of names) run.end(name);
  const flushed = run.processor.forceFlush();
  for (const n of [0, 1]) {
    await run.sent(n);
    run.answer(n);
  }
  await flushed;
  const encodable = names.filter((name) => name !== "unencodable");
  assertEquals(run.batches.length, 2);
  assertEquals(run.batches.join().split(","), encodable);
  assertEquals([run.delivery.sent, run.delivery.created], [166, 170]);
});

Deno.test("BatchQueue counts a span that cannot be encoded as lost", async () => {
  const run = createProcessor();
  run.end("unencodable");
  run.end("a");
  const flushed = run.processor.forceFlush();
  await run.sent(0);
  run.answer(0);
  await flushed;
  assertEquals(run.batches, ["a"]);
  assertEquals(run.delivery.summary(), "Sent 1 of 2 spans to test, lost 1: no text for this");
});

Deno.test("BatchQueue continues if an export takes too long", async () => {
  const run = createProcessor({ exportTimeoutMillis: 0 });
  run.end("a");
  await run.processor.forceFlush();
  run.end("b");
  await run.processor.forceFlush();
  assertEquals(run.batches, ["a", "b"]);
  run.answer(0);
  run.answer(1);
  await run.processor.shutdown();
  assertEquals(run.delivery.summary(), "Sent 0 of 2 spans to test, lost 2: no answer in time");
});
