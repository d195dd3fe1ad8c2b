import { type Context as ActiveContext, context } from "@opentelemetry/api";
import type { Context, Next } from "hono";
import { isInstrumentation, routesOf, watchLastHandler } from "./answering_route.ts";
import { answer } from "./cascade.ts";
import { watchClient } from "./client_watch.ts";
import { type SeeAnswer, tellAnswer, whenErrorIsAnswered } from "./error_answer.ts";
import { HANDLED_REQUEST_KEY, type HandledRequest } from "./handled_request.ts";
import type { Recording } from "./recording.ts";

/** Lets the app handle a request, and records its response. */
export function record(recording: Recording, c: Context, next: Next): Promise<void> {
  let see: SeeAnswer | undefined;
  const stopWatching = watchClient(c.req.raw, () => recording.leave());
  // Two callbacks cost less here than an async function.
  const handled = context.with(recording.active, next).then(
    () => {
      stopWatching();
      if (c.finalized) answer(c, recording);
      // Hono would throw the same error, but where the response of its error handler is not observable.
      else fail(new Error(NOT_FINALIZED));
    },
    (thrown) => {
      stopWatching();
      fail(thrown);
    },
  );
  return routesOf(c).length === 1 ? tellAnswer(handled, (answer) => see?.(answer)) : handled;

  function fail(thrown: unknown): never {
    // Hono handles instances of Error; anything else passes through and becomes the server's 500.
    if (thrown instanceof Error) {
      see = whenErrorIsAnswered(c, (status) => recording.fail(thrown, status));
    } else recording.fail(thrown);
    throw thrown;
  }
}

/** Hono's message if no handler responded. */
export const NOT_FINALIZED =
  "Context is not finalized. Did you forget to return a Response object or `await next()`?";

/** Whether the same app, or one that it is part of, has already instrumented the request. */
export function isInstrumentedBefore(c: Context): boolean {
  const { routeIndex } = c.req;
  return routesOf(c).some(({ handler }, i) => i < routeIndex && isInstrumentation(handler));
}

/** Handles a request for an app whose span already exists. */
export async function passOn(
  c: Context,
  next: Next,
  caller: HandledRequest,
  active: ActiveContext,
): Promise<void> {
  const called = caller.callApp(c);
  if (!called) return await next();
  watchLastHandler(called.routes, c);
  try {
    await context.with(active.setValue(HANDLED_REQUEST_KEY, called), next);
  } finally {
    caller.takeOver(called);
    called.release();
  }
}
