import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";

/** With which methods of its context an app makes a response. */
const MAKERS = ["newResponse", "body", "text", "json", "html", "redirect"] as const;

/** How long an error handler may take that does no more than it must, where the server tells nothing. */
const MAX_MICROTASKS = 100;

/**
 * Tells what an app answers to an error that has passed the middleware, where it answers at all: the
 * status, or undefined if the error ends in the server. The error handler of an app runs after its
 * middleware then, so this looks at where its answer becomes visible: where Hono puts it into the context,
 * or, where only one handler matched and Hono returns the answer at once, where it is made.
 *
 * @param isComposed Whether several handlers matched.
 */
export function whenErrorIsAnswered(
  c: Context,
  error: Error,
  { isComposed, settle }: { isComposed: boolean; settle: (status: number | undefined) => void },
): void {
  let isSettled = false;
  const settleOnce = (status: number | undefined) => {
    if (isSettled) return;
    isSettled = true;
    restore();
    settle(status);
  };
  const restore = isComposed
    ? watchResponse(c, (response) => settleOnce(response.status))
    : watchMakers(c, error, (response) => settleOnce(response.status));

  const completed: unknown = c.env?.completed;
  const giveUp = () => settleOnce(undefined);
  if (completed instanceof Promise) completed.then(giveUp, giveUp);
  else afterMicrotasks(MAX_MICROTASKS, giveUp);
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

/** Looks for the response that is made, by the context or by the error itself. */
function watchMakers(c: Context, error: Error, report: (response: Response) => void): () => void {
  const originals = MAKERS.map((name) => ({ target: c as object, name, original: c[name] }));
  if ("getResponse" in error && Object.isExtensible(error)) {
    const { getResponse } = error;
    originals.push({ target: error, name: "getResponse" as never, original: getResponse as never });
  }
  for (const { target, name, original } of originals) {
    const make = original as (...args: unknown[]) => unknown;
    Reflect.set(target, name, (...args: unknown[]) => {
      const made = make.apply(target, args);
      if (made instanceof Response) report(made);
      else if (made instanceof Promise) made.then(report, () => {});
      return made;
    });
  }
  return () => {
    for (const { target, name, original } of originals) Reflect.set(target, name, original);
  };
}
