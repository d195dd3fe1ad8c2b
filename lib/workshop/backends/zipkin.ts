import { ask, readJson, UnreachableError } from "./ask.ts";

const WHO = "Zipkin";

/** Whether Zipkin has a span; nothing found, 404, means: not yet. */
export async function hasSpan(
  url: string,
  { traceId, spanId }: { traceId: string; spanId: string },
): Promise<boolean> {
  const { status, text } = await ask(WHO, `${url}/api/v2/trace/${traceId}`);
  if (status === 404) return false;
  const body = status === 200 ? readJson(WHO, url, text) : undefined;
  if (!Array.isArray(body)) {
    throw new UnreachableError(`${WHO} answered ${status} at ${new URL(url).origin}`);
  }
  return body.some(({ id }) => id === spanId);
}
