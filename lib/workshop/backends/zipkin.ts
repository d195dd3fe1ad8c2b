import * as v from "valibot";
import { ask, readJson, readShape, UnreachableError } from "./ask.ts";

const WHO = "Zipkin";

const SPANS = v.array(v.looseObject({ id: v.string() }));

/** Whether Zipkin has a span. The status 404 means: not yet. */
export async function hasSpan(
  url: string,
  { traceId, spanId }: { traceId: string; spanId: string },
): Promise<boolean> {
  const { status, text } = await ask(WHO, `${url}/api/v2/trace/${traceId}`);
  if (status === 404) return false;
  if (status !== 200) {
    throw new UnreachableError(`${WHO} answered ${status} at ${new URL(url).origin}`);
  }
  const spans = readShape(WHO, url, { schema: SPANS, value: readJson(WHO, url, text) });
  return spans.some(({ id }) => id === spanId);
}
