import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { assert, assertEquals } from "@std/assert";
import { Delivery } from "../../lib/telemetry/delivery.ts";
import { OtlpExporter } from "../../lib/telemetry/otlp/otlp_exporter.ts";
import { type OtlpTransport, TransportError } from "../../lib/telemetry/otlp/transport.ts";

const RETRY_AT_ONCE = new TransportError("busy", { retryable: true, retryAfterMillis: 0 });

/** An exporter whose transport answers with what it is told, one after the other. */
function createExporter(answers: (Uint8Array | Error)[], timeoutMillis = 10_000) {
  const reports: string[] = [];
  const delivery = new Delivery("http://collector", (message) => reports.push(message));
  let attempts = 0;
  let closed = false;
  const transport: OtlpTransport = {
    send() {
      const answer = answers[attempts++] ?? new Uint8Array();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    shutdown: () => closed = true,
  };
  const exporter = new OtlpExporter<number>({
    serializer: {
      serializeRequest: (items) => Uint8Array.from(items),
      deserializeResponse: ([rejected]) => ({
        partialSuccess: { rejectedSpans: rejected ?? 0, errorMessage: "too old" },
      }),
    },
    transport,
    delivery,
    timeoutMillis,
  });
  return {
    delivery,
    reports,
    exporter,
    get attempts() {
      return attempts;
    },
    get closed() {
      return closed;
    },
    send(items: number[]): Promise<ExportResult> {
      items.forEach(() => delivery.add());
      return new Promise((resolve) => exporter.export(items, resolve));
    },
  };
}

Deno.test("OtlpExporter counts what arrived", async () => {
  const run = createExporter([]);
  assertEquals((await run.send([1, 2, 3])).code, ExportResultCode.SUCCESS);
  assertEquals(run.delivery.summary(), "Sent 3 of 3 spans to http://collector");
  assertEquals(run.reports, []);
});

Deno.test("OtlpExporter sends again what may be sent again, and tells trouble once", async () => {
  const run = createExporter([RETRY_AT_ONCE, RETRY_AT_ONCE]);
  assertEquals((await run.send([1])).code, ExportResultCode.SUCCESS);
  assertEquals(run.attempts, 3);
  assertEquals(run.reports.length, 2);
  assert(run.reports[0]!.startsWith("Cannot send spans to http://collector: busy."));
  assertEquals(run.reports[1], "Spans reach http://collector again");
});

Deno.test("OtlpExporter gives up at once where the server refuses", async () => {
  const refusal = new TransportError("the server answered 400", { retryable: false });
  const run = createExporter([refusal, refusal]);
  assertEquals((await run.send([1, 2])).code, ExportResultCode.FAILED);
  assertEquals((await run.send([3])).code, ExportResultCode.FAILED);
  assertEquals(run.attempts, 2);
  assertEquals(run.reports.length, 1);
  assertEquals(
    run.delivery.summary(),
    "Sent 0 of 3 spans to http://collector, lost 3: the server answered 400",
  );
});

Deno.test("OtlpExporter gives up when the time is over", async () => {
  const later = new TransportError("busy", { retryable: true, retryAfterMillis: 60_000 });
  const run = createExporter([later], 1000);
  assertEquals((await run.send([1])).code, ExportResultCode.FAILED);
  assertEquals(run.attempts, 1);
});

Deno.test("OtlpExporter tries once more and no more when it shall end", async () => {
  const later = new TransportError("busy", { retryable: true, retryAfterMillis: 9_000 });
  const run = createExporter([later, later, later]);
  const sending = run.send([1]);
  await run.exporter.shutdown();
  assertEquals((await sending).code, ExportResultCode.FAILED);
  assert(run.attempts <= 2);
  assertEquals(run.closed, true);
});

Deno.test("OtlpExporter counts what the server took only in part", async () => {
  const run = createExporter([Uint8Array.of(2)]);
  assertEquals((await run.send([1, 2, 3])).code, ExportResultCode.SUCCESS);
  assertEquals(
    run.delivery.summary(),
    "Sent 1 of 3 spans to http://collector, lost 2: the server rejected 2 of 3: too old",
  );
});

Deno.test("OtlpExporter.forceFlush() waits for what is in flight", async () => {
  const run = createExporter([RETRY_AT_ONCE]);
  const sending = run.send([1]);
  await run.exporter.forceFlush();
  assertEquals(run.attempts, 2);
  await sending;
});
