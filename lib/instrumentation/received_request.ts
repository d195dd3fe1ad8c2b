import type { Context } from "hono";
import { innerOf } from "./deno_inner.ts";

/** Deno's inner object of a received request is of this class; that of other requests is a plain object. */
const DENO_RECEIVED = "InnerRequest";

/** Whether the request came from a network, as far as the server shows it: on Deno, and on Node. */
export function isReceived({ env, req: { raw } }: Context): boolean {
  const inner = innerOf(raw, "request");
  return inner ? inner.constructor?.name === DENO_RECEIVED : !!(env?.remoteAddr ?? env?.incoming);
}
