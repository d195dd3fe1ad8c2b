import { Hono } from "hono";
import { SIGNALS } from "../../otlp/signal.ts";
import type { Store } from "../store/store.ts";
import { jsonResponse } from "./answers.ts";
import type { ImportResult } from "../model.ts";
import { ParameterError, readChoice } from "./parameters.ts";

const MAX_IMPORT_BYTES = 100_000_000;

/** Reads telemetry from a file and stores it as if it had been received. */
export type ImportData = (
  file: ReadableStream<Uint8Array<ArrayBuffer>>,
) => Promise<ImportResult>;

/** What the routes of whole files are made of. */
export interface DataApiOptions {
  store: Store;
  importData: ImportData;
  maxImportBytes?: number | undefined;
}

/** Hands out and takes in all that is kept, in the format of the Collector's file exporter. */
export function createDataApi(
  { store, importData, maxImportBytes = MAX_IMPORT_BYTES }: DataApiOptions,
): Hono {
  const app = new Hono();

  app.get("/api/kit/data", (c) => {
    const signal = readChoice(new URL(c.req.url).searchParams, "signal", SIGNALS);
    if (!signal) throw new ParameterError("signal", "", `one of ${SIGNALS.join(", ")}`);
    return new Response(store.exportLines(signal), {
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
    const limited = limit(body as ReadableStream<Uint8Array<ArrayBuffer>>, maxImportBytes);
    try {
      return c.json(await importData(limited.stream));
    } catch (error) {
      if (limited.isExceeded()) return tooLarge();
      throw error;
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

  return app;
}

/** Passes a stream on and fails as soon as it is longer. */
function limit(stream: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number) {
  let bytes = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new RangeError(`Cannot read more than ${maxBytes} bytes`);
      controller.enqueue(chunk);
    },
  });
  return { stream: stream.pipeThrough(counted), isExceeded: () => bytes > maxBytes };
}
