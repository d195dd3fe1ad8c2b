import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";

/** How long a minimal error handler may take if nothing signals its end. */
const MAX_MICROTASKS = 100;

/** Takes what the app's error handler returned, or a promise of it. */
export type SeeAnswer = (answer: unknown) => void;

/**
 * Reports how an app responds to an error that has passed the middleware: with a status, or with undefined if
 * the server handles the error. The app's error handler runs after its middleware in that case. So this
 * observes the places where its response becomes visible: where Hono stores it in the context, or, if only one
 * handler matched, the `catch` on the promise from {@linkcode tellAnswer}.
 *
 * @returns A function for that `catch` to call.
 */
export function whenErrorIsAnswered(
  c: Context,
  report: (status: number | undefined) => void,
): SeeAnswer {
  let isSeen = false;
  let isSettled = false;
  const settle = (response?: unknown) => {
    if (isSettled) return;
    isSettled = true;
    Reflect.deleteProperty(c, "res");
    report(response instanceof Response ? response.status : undefined);
  };
  watchResponse(c, settle);
  const giveUp = () => isSeen || settle();
  const completed: unknown = c.env?.completed;
  if (completed instanceof Promise) completed.then(giveUp, giveUp);
  else afterMicrotasks(MAX_MICROTASKS, giveUp);
  return (answer) => {
    isSeen = true;
    Promise.resolve(answer).then(settle, () => settle());
  };
}

/**
 * Lets the promise of a request's only handler report Hono's response to a rejection:
 * `handled.then(...).catch(handleError)`, whose result is visible nowhere else.
 */
export function tellAnswer(handled: Promise<void>, see: SeeAnswer): Promise<void> {
  const then = handled.then.bind(handled);
  return Object.assign(handled, {
    then(...handlers: Parameters<typeof then>) {
      const answered = then(...handlers);
      const catchError = answered.catch.bind(answered);
      return Object.assign(answered, {
        catch: (handle: (error: unknown) => unknown) =>
          catchError((error) => {
            const answer = handle(error);
            see(answer);
            return answer;
          }),
      });
    },
  });
}

/** Observes the response that is stored in the context. */
function watchResponse(c: Context, report: (response: Response) => void): void {
  const accessor = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(c), "res");
  if (!accessor?.set) return;
  Object.defineProperty(c, "res", {
    ...accessor,
    set(response: Response | undefined) {
      accessor.set?.call(c, response);
      if (response) report(response);
    },
  });
}
