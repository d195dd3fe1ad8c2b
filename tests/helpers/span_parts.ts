import type { TracesData } from "../../lib/otlp/json.ts";
import { spanParts } from "../../lib/collector/store/query/span_parts.ts";
import type { SpanParts } from "../../lib/collector/store/store.ts";
import type { StoreEngine } from "../../lib/collector/store/worker/store_engine.ts";

/** All the spans that a store returns in parts; undefined if there are none. */
export async function wholeOf(parts: SpanParts | undefined): Promise<TracesData | undefined> {
  if (!parts) return undefined;
  const texts = await Array.fromAsync(parts, (part) => new TextDecoder().decode(part));
  return JSON.parse(`{"resourceSpans":[${texts.join()}]}`);
}

/** All spans of a trace in an engine. */
export async function traceOf(engine: StoreEngine, id: string): Promise<TracesData | undefined> {
  return await wholeOf(await spanParts((cursor) => engine.spansFrom(id, cursor)));
}
