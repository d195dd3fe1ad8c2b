import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";

/** How long a minimal error handler may take if nothing signals its end. */
const MAX_MICROTASKS = 100;

/** Receives the status of the response to an error; undefined if the server handles the error. */
type Settle = (status: number | undefined) => void;

/** Listeners for the response to an error, for requests that only one handler matched. */
const waiting = new WeakMap<Context, Settle>();

/**
 * Reports how an app responds to an error that has passed the middleware: with a status, or with undefined if
 * the server handles the error. The app's error handler runs after its middleware in that case. So this
 * observes the places where its response becomes visible: where Hono stores it in the context, or, if only one
 * handler matched, the `catch` on the promise from {@linkcode tellAnswer}.
 */
export function whenErrorIsAnswered(c: Context, settle: Settle): void {
  let isSettled = false;
  const settleOnce = (status: number | undefined) => {
    if (isSettled) return;
    isSettled = true;
    restore();
    waiting.delete(c);
    settle(status);
  };
  const restore = watchResponse(c, ({ status }) => settleOnce(status));
  waiting.set(c, settleOnce);
  const giveUp = () => settleOnce(undefined);
  const completed: unknown = c.env?.completed;
  if (completed instanceof Promise) completed.then(giveUp, giveUp);
  // The code that catches the error removes the entry and reports.
  else afterMicrotasks(MAX_MICROTASKS, () => waiting.has(c) && giveUp());
}

/**
 * Lets the promise of a request's only handler report Hono's response to a rejection:
 * `handled.then(...).catch(handleError)`, whose result is visible nowhere else.
 */
export function tellAnswer(handled: Promise<void>, c: Context): Promise<void> {
  const then = handled.then.bind(handled);
  return Object.defineProperty(handled, "then", {
    value(...handlers: Parameters<typeof then>) {
      const answered = then(...handlers);
      const catchError = answered.catch.bind(answered);
      return Object.defineProperty(answered, "catch", {
        value: (handle: (error: unknown) => unknown) =>
          catchError((error) => seen(c, () => handle(error))),
      });
    },
  });
}

/** The error handler's return value, which is also reported to the listener. */
function seen<T>(c: Context, handle: () => T): T {
  const settle = waiting.get(c);
  waiting.delete(c);
  const answer = handle();
  if (settle) {
    Promise.resolve(answer).then(
      (response) => settle(response instanceof Response ? response.status : undefined),
      () => settle(undefined),
    );
  }
  return answer;
}

/** Observes the response that is stored in the context. */
function watchResponse(c: Context, report: (response: Response) => void): () => void {
  const { get, set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(c), "res") ?? {};
  if (!get || !set) return () => {};
  Object.defineProperty(c, "res", {
    configurable: true,
    get,
    set(this: Context, response: Response | undefined) {
      set.call(this, response);
      if (response) report(response);
    },
  });
  return () => Reflect.deleteProperty(c, "res");
}
