import { ask, UnreachableError } from "./ask.ts";

/** Whether Zipkin has a span; nothing found, 404, means: not yet. */
export async function hasSpan(
  url: string,
  { traceId, spanId }: { traceId: string; spanId: string },
): Promise<boolean> {
  const { status, body } = await ask("Zipkin", `${url}/api/v2/trace/${traceId}`);
  if (status === 404) return false;
  if (status !== 200 || !Array.isArray(body)) {
    throw new UnreachableError(`Zipkin answered ${status} at ${new URL(url).origin}`);
  }
  return body.some(({ id }) => id === spanId);
}
