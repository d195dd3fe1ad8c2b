import type { Context } from "hono";

/** Of this class Deno makes what is behind a request that came in; behind others is a plain object. */
const DENO_RECEIVED = "InnerRequest";

/** Whether the request came from a network, as far as the server tells: on Deno, and on Node. */
export function isReceived({ env, req: { raw } }: Context): boolean {
  const inner = innerRequest(raw);
  if (inner !== undefined) return inner.constructor?.name === DENO_RECEIVED;
  return env?.remoteAddr !== undefined || env?.incoming !== undefined;
}

/** The symbol under which Deno keeps it, once it has been seen. */
let innerSymbol: symbol | undefined;

function innerRequest(request: Request): object | undefined {
  innerSymbol ??= Object.getOwnPropertySymbols(request)
    .find(({ description }) => description === "request");
  const inner: unknown = innerSymbol && Reflect.get(request, innerSymbol);
  return typeof inner === "object" && inner !== null ? inner : undefined;
}
