import { Hono } from "hono";
import { MalformedError } from "../../otlp/malformed_error.ts";
import { SIGNALS } from "../../otlp/signal.ts";
import type { Store } from "../store/store.ts";
import type { ReportFault } from "../fault_report.ts";
import { jsonResponse } from "./answers.ts";
import { readParts } from "../broken_body.ts";
import { ImportTurns } from "./import_turns.ts";
import type { ImportResult } from "../model.ts";
import { ParameterError, readChoice } from "./parameters.ts";

const MAX_IMPORT_BYTES = 100_000_000;

/** The `Retry-After` while too many files are being imported. */
const RETRY_AFTER_SECONDS = 5;

/** Reads telemetry from a file and stores it as if it had been received. */
export type ImportData = (
  file: ReadableStream<Uint8Array<ArrayBuffer>>,
) => Promise<ImportResult>;

/** The parts that the routes for whole files are built from. */
export interface DataApiOptions {
  store: Store;
  importData: ImportData;
  maxImportBytes?: number | undefined;
  reportFault: ReportFault;
}

/** Exports and imports the whole content of the store, in the format of the Collector's file exporter. */
export function createDataApi(
  { store, importData, maxImportBytes = MAX_IMPORT_BYTES, reportFault }: DataApiOptions,
): Hono {
  const app = new Hono();
  const turns = new ImportTurns();

  app.get("/api/kit/data", (c) => {
    const signal = readChoice(new URL(c.req.url).searchParams, "signal", SIGNALS);
    if (!signal) throw new ParameterError("signal", "", `one of ${SIGNALS.join(", ")}`);
    const lines = watched(
      store.exportLines(signal),
      (error) => reportFault(`export all ${signal}`, error),
    );
    return new Response(lines, {
      headers: {
        "content-type": "application/x-ndjson",
        "content-disposition": `attachment; filename="otel-kit-${signal}.jsonl"`,
      },
    });
  });

  app.post("/api/kit/data", async (c) => {
    const { body, headers } = c.req.raw;
    if (!body) {
      const error = "Cannot import an empty body: expected OTLP JSON, or lines of it";
      return c.json({ error }, 400);
    }
    if (Number(headers.get("content-length")) > maxImportBytes) return tooLarge();
    if (turns.isFull) return tooMany();
    try {
      return c.json(await turns.take(() => importData(limit(body, maxImportBytes))));
    } catch (error) {
      if (error instanceof TooLargeError) return tooLarge();
      if (!(error instanceof MalformedError)) throw error;
      return c.json({ error: `Cannot import: ${error.message}` }, 400);
    }
  });

  app.delete("/api/kit/data", async (c) => {
    await store.clear();
    return c.body(null, 204);
  });

  function tooLarge(): Response {
    const error = `Cannot import more than ${maxImportBytes / 1e6} MB at once: ` +
      "split the file between two lines";
    return jsonResponse({ error }, { status: 413 });
  }

  function tooMany(): Response {
    const error = "Cannot import another file now: others are being imported. Try again later";
    const headers = { "retry-after": String(RETRY_AFTER_SECONDS) };
    return jsonResponse({ error }, { status: 503, headers });
  }

  return app;
}

class TooLargeError extends Error {}

/** Passes a body on and fails as soon as it exceeds the limit. */
function limit(body: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number) {
  async function* counted() {
    let bytes = 0;
    for await (const part of readParts(body)) {
      bytes += part.length;
      if (bytes > maxBytes) throw new TooLargeError(`Cannot read more than ${maxBytes} bytes`);
      yield part;
    }
  }
  return ReadableStream.from(counted());
}

/** Passes a stream on, and reports the error if it fails. */
function watched(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onFault: (error: unknown) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onFault(error);
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}
