import type { Hono } from "hono";

/** What another part of the program adds to the port of the page, which knows nothing else of it. */
export interface Guest {
  /** Answers requests below `/api/kit`, past the same guard as all others. */
  routes: Hono;
  /** Publishes live events while somebody looks on; disposing ends that. */
  start?(publish: (name: string, data: unknown) => void): Disposable;
}
