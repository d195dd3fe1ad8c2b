import { type Context, context } from "@opentelemetry/api";

/** How the body of a response ended. */
export type BodyEnd = { how: "complete" } | { how: "cancelled" } | {
  how: "failed";
  error: unknown;
};

/**
 * Whether the body of a response is a stream that continues after the head. Reading `response.body` would turn
 * any body into a stream, and Deno sends other bodies faster. So on Deno this checks the object inside the
 * response, and elsewhere its headers.
 */
export function isStreamed(response: Response): boolean {
  const inner = RESPONSE_SYMBOL && (Reflect.get(response, RESPONSE_SYMBOL) as InnerResponse);
  if (inner) return inner.body?.streamOrStatic instanceof ReadableStream;
  const { headers } = response;
  return headers.has("transfer-encoding") ||
    headers.get("content-type")?.startsWith("text/event-stream") === true;
}

/** Deno's own. For a body of text or bytes, `streamOrStatic` is a plain object, or missing. */
interface InnerResponse {
  body?: { streamOrStatic?: unknown } | null;
}

const RESPONSE_SYMBOL = findResponseSymbol();

/** The symbol, if this runtime exposes streams through it. */
function findResponseSymbol(): symbol | undefined {
  const sample = new Response(new ReadableStream());
  return Object.getOwnPropertySymbols(sample).find((symbol) => {
    const inner: InnerResponse | null | undefined = Reflect.get(sample, symbol);
    return inner?.body?.streamOrStatic instanceof ReadableStream;
  });
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
        report({ how: "complete" });
      } catch (error) {
        report({ how: "failed", error });
        controller.error(error);
      }
    },
    cancel(reason) {
      report({ how: "cancelled" });
      return context.with(active, () => reader.cancel(reason));
    },
  }, { highWaterMark: 0 });
  return new Response(body, response);
}
