import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import type { TracesData } from "../../../lib/otlp/json.ts";
import type { AddResult } from "../../../lib/collector/store/store.ts";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import type { Store } from "../../../lib/collector/store/store.ts";
import { StoreEngine } from "../../../lib/collector/store/worker/store_engine.ts";
import { importLines } from "../../../lib/collector/transfer/import_lines.ts";
import { BodyDecoder } from "../../../lib/collector/decode/body_decoder.ts";
import { resourceOf, span } from "../store/requests.ts";
import { traceOf } from "../../helpers/span_parts.ts";

/** No line here is long enough to need a worker. */
const decoder = new BodyDecoder();

const traces = (id: string): TracesData => ({
  resourceSpans: [{ resource: resourceOf("shop"), scopeSpans: [{ spans: [span("1", id)] }] }],
});
const logs = {
  resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: "hello" } }] }] }],
};
const metrics = {
  resourceMetrics: [{
    scopeMetrics: [{ metrics: [{ name: "queue", gauge: { dataPoints: [{ asInt: "3" }] } }] }],
  }],
};

Deno.test("importLines() accepts one document per line, of any signal, and counts", async () => {
  const { store, engine } = openEngine();
  const lines = [traces("a"), logs, metrics, traces("a"), traces("b")];
  const text = lines.map((line) => JSON.stringify(line)).join("\r\n\n");
  assertEquals(await importLines(store, decoder, streamOf(text)), {
    accepted: 4,
    rejected: 0,
    duplicated: 1,
  });
  const { signals } = await engine.stats();
  assertEquals([signals.traces.kept, signals.logs.kept, signals.metrics.kept], [2, 1, 1]);
});

Deno.test("importLines() accepts gzip, and reads as much as a truncated file contains", async () => {
  const lines = Array.from(
    { length: 2000 },
    (_, i) => JSON.stringify(traces((i + 1).toString(16))),
  );
  const gzip = new Uint8Array(gzipSync(lines.join("\n")));
  const whole = openEngine();
  assertEquals((await importLines(whole.store, decoder, streamOf(gzip))).accepted, 2000);
  const part = openEngine();
  const cut = await importLines(part.store, decoder, streamOf(gzip.slice(0, -20)));
  assertStringIncludes(cut.message!, "the file is not complete gzip");
  assertEquals((await part.engine.stats()).signals.traces.received, cut.accepted);
  const none = gzip.slice(0, 5);
  await assertRejects(
    () => importLines(openEngine().store, decoder, streamOf(none)),
    MalformedError,
    "the file is not complete gzip",
  );
});

Deno.test("importLines() accepts lists of documents, and answers of Jaeger's /api/v3", async () => {
  const files: [unknown, number][] = [
    [[traces("a"), logs, { result: traces("b") }], 3],
    [{ result: traces("a") }, 1],
  ];
  for (const [file, accepted] of files) {
    for (const space of [0, 2]) {
      const { store } = openEngine();
      const text = JSON.stringify(file, null, space);
      assertEquals((await importLines(store, decoder, streamOf(text))).accepted, accepted, text);
    }
  }
  for (const text of ['{"result":1}', '{"result":{"resourceSpans":[]},"b":1}', "[1]", "[{}] 1"]) {
    const { store } = openEngine();
    await assertRejects(() => importLines(store, decoder, streamOf(text)), MalformedError);
  }
});

Deno.test("importLines() accepts one document over many lines with all signals", async () => {
  const { store } = openEngine();
  const text = JSON.stringify({ ...traces("a"), ...logs, ...metrics }, null, 2);
  assertEquals((await importLines(store, decoder, streamOf(text))).accepted, 3);
});

Deno.test("importLines() skips a truncated line, and reports it", async () => {
  const { store } = openEngine();
  const whole = JSON.stringify(traces("a"));
  const end = await importLines(store, decoder, streamOf(`${whole}\n${whole.slice(0, 30)}`));
  assertEquals(end.accepted, 1);
  assertStringIncludes(end.message!, "line 2: Cannot read it as OTLP JSON");
  const start = await importLines(
    store,
    decoder,
    streamOf(`${whole.slice(9)}\n${JSON.stringify(logs)}`),
  );
  assertEquals(start.accepted, 1);
  assertStringIncludes(start.message!, "line 1: Cannot read it as OTLP JSON");
});

Deno.test("importLines() counts invalid records and reports the reason", async () => {
  const { store } = openEngine();
  const text = JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: [span("1", "1"), span("0", "2")] }] }],
  });
  const { accepted, rejected, message } = await importLines(store, decoder, streamOf(text));
  assertEquals({ accepted, rejected }, { accepted: 1, rejected: 1 });
  assertStringIncludes(message!, "trace_id must be 16 bytes and not all zero");
});

Deno.test("importLines() gives up on a file of malformed lines, but reads the request to its end", async () => {
  const { store } = openEngine();
  let sent = 0;
  const broken = new TextEncoder().encode("broken\n".repeat(1000));
  const body = (first: string) =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(first)),
      pull(controller) {
        sent += 1000;
        controller.enqueue(broken.slice());
        if (sent % 100_000 === 0) controller.close();
      },
    });
  const { accepted, message } = await importLines(
    store,
    decoder,
    body(`${JSON.stringify(traces("a"))}\n`),
  );
  assertEquals([accepted, sent], [1, 100_000]);
  assertStringIncludes(message!, "line 2: Cannot read it as OTLP JSON");
  assertStringIncludes(
    message!,
    "and 4997 more; 5000 lines cannot be read, so the rest was left out",
  );
  await assertRejects(
    () => importLines(store, decoder, body("")),
    MalformedError,
    `line 1: Cannot read it as OTLP JSON: no JSON: expected "{", got "b"; 5000 lines cannot be read`,
  );
  assertEquals(sent, 200_000);
});

Deno.test("importLines() counts lines correctly after one that could begin a document", async () => {
  const { store } = openEngine();
  const text = `{"a":\n\n\nbroken\n${JSON.stringify(traces("a"))}\n`;
  const { accepted, message } = await importLines(store, decoder, streamOf(text));
  assertEquals(accepted, 1);
  assertEquals(message!.match(/line \d+/g), ["line 1", "line 4"]);
});

Deno.test("importLines() stores many lines that could be one document as one text", async () => {
  const { store } = openEngine();
  const before = Deno.memoryUsage().heapUsed;
  const part = new TextEncoder().encode("{\n".repeat(500_000));
  let most = 0;
  let parts = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      most = Math.max(most, Deno.memoryUsage().heapUsed - before);
      if (parts++ < 2) controller.enqueue(part.slice());
      else controller.close();
    },
  });
  await assertRejects(() => importLines(store, decoder, body), MalformedError);
  // As separate lines, each would take several hundred bytes.
  assertEquals(most < 60e6, true, `${most} bytes`);
});

for (const text of ["no JSON", "[]", "null", '{"spans":[]}', "\n{\n"]) {
  Deno.test(`importLines() rejects ${JSON.stringify(text)}`, async () => {
    await assertRejects(
      () => importLines(openEngine().store, decoder, streamOf(text)),
      MalformedError,
      "Cannot read it as OTLP JSON",
    );
  });
}

Deno.test("one store's export is imported by another without loss", async () => {
  const { store, engine } = openEngine();
  const lines = [traces("a"), traces("b"), logs, metrics].map((line) => JSON.stringify(line));
  await importLines(store, decoder, streamOf(lines.join("\n")));
  const copy = openEngine();
  for (const signal of ["traces", "metrics", "logs"] as const) {
    const { lines, next } = await engine.exportFrom(signal, undefined);
    assertEquals(next, undefined);
    assertEquals((await importLines(copy.store, decoder, new Blob([lines]).stream())).rejected, 0);
  }
  const id = "1".padStart(32, "0");
  assertEquals(await traceOf(copy.engine, id), await traceOf(engine, id));
  assertEquals(await copy.engine.findLogs({ limit: 9 }), await engine.findLogs({ limit: 9 }));
  assertEquals(await copy.engine.metric("queue"), await engine.metric("queue"));
});

function openEngine() {
  const engine = new StoreEngine({ maxTraces: 100, maxBytes: 2 ** 24 });
  const add: Store["add"] = async (signal, bytes): Promise<AddResult> => {
    const [outcome] = await engine.add([{ signal, bytes }]);
    if ("error" in outcome!) throw new MalformedError(outcome.error.message);
    return outcome!.result;
  };
  return { engine, store: { add } };
}

/** A stream in small chunks, which can split lines and characters anywhere. */
function streamOf(text: string | Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const parts = Array.from(
    { length: Math.ceil(bytes.length / 7) },
    (_, i) => bytes.slice(i * 7, i * 7 + 7),
  );
  return ReadableStream.from(parts);
}
