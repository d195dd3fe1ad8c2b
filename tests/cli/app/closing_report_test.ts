import { assert, assertEquals, assertMatch } from "@std/assert";
import { encodeExportResponse } from "../../../lib/otlp/export_response.ts";
import { type Signal, SIGNALS } from "../../../lib/otlp/signal.ts";
import { readClosingReport } from "../../helpers/closing_report.ts";
import { testWith } from "../../helpers/needs.ts";
import { withApp } from "../../helpers/program.ts";
import { type Answer, type ReceivedRequest, startHttpReceiver } from "../../helpers/receiver.ts";

const NEEDS = ["net", "env", "read", "run"] as const;

const CLIENTS = 24;
/** A limit by which every kind of answer should have occurred; if not, the numbers will show it. */
const MOST_REQUESTS = 50_000;

/** Queues that overflow while a server is busy, and metrics that are exported periodically. */
const TIGHT = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_BSP_MAX_QUEUE_SIZE: "8",
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "8",
  OTEL_BLRP_MAX_QUEUE_SIZE: "8",
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "8",
  OTEL_METRIC_EXPORT_INTERVAL: "1000",
};

/** How long the receiver refuses everything. Refused requests are retried afterward. */
const BUSY_MS = 500;
const BUSY: Answer = { status: 503, headers: { "retry-after": "1" } };

/**
 * A receiver's answers to each signal. It rejects the first request, is busy for a while from the second
 * one on, then accepts one partially and the rest completely. It counts the items that it accepted.
 */
function fickleServer() {
  const taken: Record<Signal, number> = { traces: 0, metrics: 0, logs: 0 };
  const busyUntil: Partial<Record<Signal, number>> = {};
  const partlyTaken = new Set<Signal>();
  function answer({ signal, spans, metrics, logRecords }: ReceivedRequest): Answer {
    const { length } = [
      ...spans,
      ...metrics.flatMap(({ dataPoints }) => dataPoints),
      ...logRecords,
    ];
    const until = busyUntil[signal];
    if (until === undefined) {
      busyUntil[signal] = Infinity;
      return { status: 400 };
    }
    if (Date.now() < until) {
      busyUntil[signal] = Math.min(until, Date.now() + BUSY_MS);
      return BUSY;
    }
    const rejected = partlyTaken.has(signal) ? 0 : 1;
    partlyTaken.add(signal);
    taken[signal] += length - rejected;
    return { body: encodeExportResponse(signal, { rejected, message: "" }, "protobuf") };
  }
  return { answer, taken, partlyTaken };
}

/**
 * Sends requests, one at a time per client, until the server accepts no more. Reports the number of
 * requests after each answer.
 */
async function loadUntilRefused(
  url: string,
  onAnswer: (answered: number) => void,
): Promise<number> {
  let answered = 0;
  const client = async () => {
    for (;;) {
      try {
        await (await fetch(url)).text();
      } catch {
        return;
      }
      onAnswer(++answered);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return answered;
}

for (
  const [mode, signals] of [
    ["manual", ["traces"]],
    ["middleware", ["traces"]],
    ["auto", SIGNALS],
  ] as const
) {
  testWith(
    NEEDS,
    `SIGTERM under full load: the report accounts for every item in ${mode}`,
    async () => {
      const { answer, taken, partlyTaken } = fickleServer();
      await using receiver = startHttpReceiver({ answer });
      const env = { ...TIGHT, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
      await withApp(["serve", "--mode", mode], { env }, async ({ url, stop }) => {
        const { promise: hadAll, resolve } = Promise.withResolvers<void>();
        const queued = signals.filter((signal) => signal !== "metrics");
        const load = loadUntilRefused(`${url}/error`, (answered) => {
          const isEnough = queued.every((signal) => partlyTaken.has(signal));
          if (isEnough || answered === MOST_REQUESTS) resolve();
        });
        await hadAll;
        const { code, stderr } = await stop();
        assertEquals(code, 0);
        const answered = await load;
        const report = readClosingReport(stderr);
        const lines = stderr.match(/^Sent .*$/gm)?.join("\n");
        assertEquals(Object.keys(report), [...signals]);
        for (const signal of signals) {
          const { created, sent, lost, dropped } = report[signal]!;
          assertEquals([signal, created], [signal, sent + lost + dropped], lines);
          assertEquals([signal, sent], [signal, taken[signal]], lines);
          assert(lost > 0, lines);
        }
        for (const signal of queued) {
          const { created, dropped } = report[signal]!;
          assertEquals([signal, created], [signal, answered], lines);
          assert(dropped > 0, lines);
        }
      });
    },
  );
}

testWith(NEEDS, "a forced exit reports what was lost", async () => {
  // A server that never answers keeps the program waiting.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${silent.addr.port}` };
  await withApp(["auto"], { env }, async ({ url, signal, end, waitFor }) => {
    await (await fetch(url)).text();
    signal("SIGTERM");
    await waitFor("stderr", "Stopping");
    signal("SIGTERM");
    const { code, stderr } = await end();
    assertEquals(code, 128 + 15);
    assertMatch(
      stderr,
      /Sent 0 of 1 spans to \S+, lost 1: the program was stopped before they were sent\n/,
    );
  });
});

testWith(
  NEEDS,
  "items that a silent endpoint never confirmed are lost, for every signal",
  async () => {
    using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${silent.addr.port}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: "300",
    };
    await withApp(["auto"], { env }, async ({ url, stop }) => {
      await (await fetch(`${url}/error`)).text();
      const { code, stderr } = await stop();
      assertEquals(code, 0);
      assertEquals(readClosingReport(stderr), {
        traces: { created: 1, sent: 0, lost: 1, dropped: 0 },
        metrics: { created: 2, sent: 0, lost: 2, dropped: 0 },
        logs: { created: 1, sent: 0, lost: 1, dropped: 0 },
      });
      assertEquals(stderr.match(/, lost \d: no answer in time$/gm)?.length, 3);
    });
  },
);
