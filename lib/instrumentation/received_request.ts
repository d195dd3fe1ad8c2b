import type { Context } from "hono";

/** Deno's inner object of a received request is of this class; that of other requests is a plain object. */
const DENO_RECEIVED = "InnerRequest";

/** Whether the request came from a network, as far as the server shows it: on Deno, and on Node. */
export function isReceived({ env, req: { raw } }: Context): boolean {
  const inner = innerRequest(raw);
  if (inner !== undefined) return inner.constructor?.name === DENO_RECEIVED;
  return env?.remoteAddr !== undefined || env?.incoming !== undefined;
}

/** The symbol under which Deno stores it, once it has been found. */
let innerSymbol: symbol | undefined;

function innerRequest(request: Request): object | undefined {
  innerSymbol ??= Object.getOwnPropertySymbols(request)
    .find(({ description }) => description === "request");
  const inner: unknown = innerSymbol && Reflect.get(request, innerSymbol);
  return typeof inner === "object" && inner !== null ? inner : undefined;
}
