import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { setImmediate } from "node:timers";
import type { PartialSuccess } from "../../lib/otlp/export_response.ts";
import { BatchQueue } from "../../lib/telemetry/batch_queue.ts";
import { Delivery } from "../../lib/telemetry/delivery.ts";
import { otlpBatchExporter } from "../../lib/telemetry/otlp/otlp_exporter.ts";
import type { ItemEncoding } from "../../lib/telemetry/otlp/item_encoding.ts";
import { OtlpSender } from "../../lib/telemetry/otlp/otlp_sender.ts";
import { type OtlpTransport, TransportError } from "../../lib/telemetry/otlp/transport.ts";
import { type Signal, SIGNALS } from "../../lib/otlp/signal.ts";
import { readClosingReport } from "../helpers/closing_report.ts";
import { type FakeTime, stopTime } from "../helpers/fake_time.ts";

/** The time limit for an export. */
const TIMEOUT_MS = 10_000;

/** Items for the exporter. One kind can't be encoded, and one spoils its whole request. */
type Item = "good" | "unencodable" | "spoiling";

/** A server's answer to a request. The number of rejected items can be anything. */
type Answer =
  | { kind: "accept"; rejected: number }
  | { kind: "refuse" | "busy" | "break" };

/** An event for an exporter. An answer goes to one of the pending requests. */
type Event =
  | { kind: "add"; items: Item[] }
  | { kind: "answer"; to: number; answer: Answer }
  | { kind: "pass"; millis: number }
  | { kind: "flush" | "end" | "shut down" };

const ADD = fc.record({
  kind: fc.constant("add" as const),
  items: fc.array(
    fc.constantFrom<Item[]>("good", "good", "good", "good", "unencodable", "spoiling"),
    { maxLength: 12 },
  ),
});
const ANSWER = fc.record({
  kind: fc.constant("answer" as const),
  to: fc.nat({ max: 5 }),
  answer: fc.oneof(
    fc.record({
      kind: fc.constant("accept" as const),
      rejected: fc.constantFrom(0, 0, 0, 1, 2, 255, -1, NaN, Infinity, -Infinity),
    }),
    fc.record({ kind: fc.constantFrom("refuse" as const, "busy" as const, "break" as const) }),
  ),
});
const PASS = fc.record({
  kind: fc.constant("pass" as const),
  millis: fc.constantFrom(1000, TIMEOUT_MS / 2, TIMEOUT_MS),
});
const OTHER = fc.record({ kind: fc.constantFrom("flush" as const, "end" as const) });
const SHUTDOWN = fc.constant({ kind: "shut down" as const });
const EVENTS: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: ADD },
    { weight: 6, arbitrary: ANSWER },
    { weight: 2, arbitrary: PASS },
    { weight: 2, arbitrary: OTHER },
    { weight: 1, arbitrary: SHUTDOWN },
  ),
  { maxLength: 40 },
);

/** A request that waits for its answer. */
interface Request {
  /** The items in it; no other request has the same ones. */
  ids: string;
  count: number;
  answer: PromiseWithResolvers<PartialSuccess>;
}

/** An exporter, and a server that keeps its own counts. */
interface Run {
  delivery: Delivery;
  /** The requests that wait for their answers. */
  requests: Request[];
  /** How many items the exporter was given, and how many the server accepted in time. */
  truth: { created: number; accepted: number };
  happen(event: Event): Promise<void>;
}

/** Each item is encoded as its number in the request body. */
const ENCODING: ItemEncoding<{ item: Item; id: number }> = {
  createEncoder() {
    const ids: number[] = [];
    let isSpoilt = false;
    return {
      add({ item, id }) {
        if (item === "unencodable") throw new TypeError("no text for this");
        isSpoilt ||= item === "spoiling";
        ids.push(id);
      },
      finish() {
        if (isSpoilt) throw new TypeError("no text for these");
        return new TextEncoder().encode(ids.join());
      },
    };
  },
};

function startRun(signal: Signal, maxConcurrentRequests: number, time: FakeTime): Run {
  const requests: Request[] = [];
  const truth = { created: 0, accepted: 0 };
  /** When each request was first sent. */
  const startedAt = new Map<string, number>();
  const transport: OtlpTransport = {
    send(body) {
      const ids = new TextDecoder().decode(body);
      const answer = Promise.withResolvers<PartialSuccess>();
      if (!startedAt.has(ids)) startedAt.set(ids, Date.now());
      requests.push({ ids, count: ids.split(",").length, answer });
      return answer.promise;
    },
    shutdown: () => {},
  };
  const delivery = new Delivery({ signal, destination: "test", report: () => {} });
  const sender = new OtlpSender({
    transport,
    delivery,
    timeoutMillis: TIMEOUT_MS,
  });
  const exporter = { ...otlpBatchExporter(ENCODING, { sender }), maxConcurrentRequests };
  const queue = new BatchQueue(exporter, delivery, {
    scheduledDelayMillis: TIMEOUT_MS / 2,
    exportTimeoutMillis: TIMEOUT_MS,
    maxQueueSize: 8,
    maxExportBatchSize: 3,
  });

  function reply({ ids, count, answer }: Request, what: Answer): void {
    if (what.kind !== "accept") {
      const retryable = what.kind !== "refuse";
      const answered = what.kind !== "break";
      return answer.reject(new TransportError(what.kind, { retryable, answered }));
    }
    answer.resolve({ rejected: what.rejected, message: "" });
    const rejected = Math.min(Math.max(what.rejected || 0, 0), count);
    const isInTime = Date.now() < startedAt.get(ids)! + TIMEOUT_MS;
    if (isInTime) truth.accepted += count - rejected;
  }

  function act(event: Event): Promise<void> | void {
    switch (event.kind) {
      case "add":
        for (const item of event.items) queue.add({ item, id: truth.created++ });
        return;
      case "answer": {
        const [request] = requests.splice(event.to % (requests.length || 1), 1);
        if (request) reply(request, event.answer);
        return;
      }
      case "flush":
        queue.forceFlush();
        return;
      case "pass":
        return time.pass(event.millis);
      case "end":
        delivery.end();
        sender.stopRetrying();
        return;
      case "shut down":
        queue.shutdown();
        return;
    }
  }

  return {
    delivery,
    requests,
    truth,
    async happen(event) {
      await act(event);
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

function assertBalanced({ delivery, truth }: Run): void {
  const { signal, created, sent, lost, dropped } = delivery;
  assertEquals({ created, sent }, { created: truth.created, sent: truth.accepted });
  assertEquals(created, sent + lost + dropped);
  const report = readClosingReport(delivery.summary());
  assertEquals(report, { [signal]: { created, sent, lost, dropped } });
}

const SCENARIO = [fc.constantFrom(...SIGNALS), fc.constantFrom(1, 16), EVENTS] as const;

Deno.test("each item is sent, lost, or dropped exactly once, whatever happens", async () => {
  await fc.assert(fc.asyncProperty(...SCENARIO, async (signal, maxConcurrentRequests, events) => {
    using time = stopTime();
    const run = startRun(signal, maxConcurrentRequests, time);
    const { delivery } = run;
    for (const event of events) {
      await run.happen(event);
      assert(delivery.sent + delivery.lost + delivery.dropped <= delivery.created);
    }
    await run.happen({ kind: "shut down" });
    // Each round removes the oldest request, or everything that waits for a retry.
    for (let n = 0; n < run.truth.created; n++) {
      await run.happen({ kind: "answer", to: 0, answer: { kind: "accept", rejected: 0 } });
      if (run.requests.length === 0) await run.happen({ kind: "pass", millis: TIMEOUT_MS });
    }
    assertBalanced(run);
  }));
});

Deno.test("items in flight when the counts are closed are lost, and stay lost", async () => {
  await fc.assert(fc.asyncProperty(...SCENARIO, async (signal, maxConcurrentRequests, events) => {
    using time = stopTime();
    const run = startRun(signal, maxConcurrentRequests, time);
    for (const event of events) await run.happen(event);
    const line = run.delivery.close();
    assertBalanced(run);
    const { created } = run.delivery;
    assertEquals(line, created > 0 ? run.delivery.summary() : undefined);
    for (let n = run.requests.length; n > 0; n--) {
      await run.happen({ kind: "answer", to: 0, answer: { kind: "accept", rejected: 0 } });
    }
    await run.happen({ kind: "add", items: ["good"] });
    assertEquals(run.delivery.close(), line);
  }));
});
