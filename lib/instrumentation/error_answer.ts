import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";

/** How long an error handler may take that does no more than it must, where nothing tells. */
const MAX_MICROTASKS = 100;

/** Takes what an error was answered with; undefined if it ends in the server. */
type Settle = (status: number | undefined) => void;

/** Who waits for the answer to an error of a request that only one handler matched. */
const waiting = new WeakMap<Context, Settle>();

/**
 * Tells what an app answers to an error that has passed the middleware, where it answers at all: the
 * status, or undefined if the error ends in the server. The error handler of an app runs after its
 * middleware then, so this looks at where its answer becomes visible: where Hono puts it into the context,
 * or, where only one handler matched, at what it catches of the promise that {@linkcode tellAnswer} made.
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
  // Who catches the error takes the entry, and tells.
  else afterMicrotasks(MAX_MICROTASKS, () => waiting.has(c) && giveUp());
}

/**
 * Makes the promise of the only handler of a request tell what Hono answers where it rejects:
 * `handled.then(...).catch(handleError)`, of which nobody else sees the result.
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

/** What the error handler returns; whoever waits for it is told. */
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

/** Looks for the response that is put into the context. */
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
