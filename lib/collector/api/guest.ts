import type { Hono } from "hono";

/** An addition to the page's port by another part of the program, on which the port doesn't depend. */
export interface Guest {
  /** Answers requests below `/api/kit` that have passed the usual guard. */
  routes: Hono;
  /** Publishes live events while there are clients; disposing ends that. */
  start?(publish: (name: string, data: unknown) => void): Disposable;
}
