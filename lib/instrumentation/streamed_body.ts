import { type Context, context } from "@opentelemetry/api";
import { innerOf } from "./deno_inner.ts";

/** How the body of a response ended, if it isn't complete. */
export type BodyEnd = "cancelled" | { error: unknown } | undefined;

/**
 * Whether the body of a response is a stream that continues after the head. Reading `response.body` would turn
 * any body into a stream, and Deno sends other bodies faster. So on Deno this checks the object inside the
 * response, and elsewhere its headers.
 */
export function isStreamed(response: Response): boolean {
  const inner = innerOf(response, "response");
  if (inner) return inner.body?.streamOrStatic instanceof ReadableStream;
  const { headers } = response;
  return headers.has("transfer-encoding") ||
    /^text\/event-stream/.test(headers.get("content-type") ?? "");
}

/**
 * The same response, with a body that reports its end.
 *
 * @param active The context in which the body is read.
 */
export function watchBody(
  response: Response,
  active: Context,
  report: (end: BodyEnd) => void,
): Response {
  if (!response.body) return response;
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await context.with(active, () => reader.read());
        if (!done) return controller.enqueue(value);
        controller.close();
        report(undefined);
      } catch (error) {
        report({ error });
        controller.error(error);
      }
    },
    cancel(reason) {
      report("cancelled");
      return context.with(active, () => reader.cancel(reason));
    },
  }, { highWaterMark: 0 });
  return new Response(body, response);
}
