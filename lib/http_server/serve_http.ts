import { Http1Carrier, type Http1Options } from "../http1/carrier.ts";
import { type Http2ServerOptions, type HttpServer, serveHttp2 } from "./server.ts";
import type { Listener } from "./accept.ts";

/** Options of {@linkcode serveHttp}. */
export type HttpServerOptions =
  & Omit<Http2ServerOptions, "createOther">
  & Pick<Http1Options, "onMalformed">;

/** Serves HTTP/1.1 and HTTP/2 without TLS on the same port, to the same handler, within limits. */
export function serveHttp(
  listeners: Listener | readonly Listener[],
  { onMalformed, ...options }: HttpServerOptions,
): HttpServer {
  const { handler, onFault = () => {} } = options;
  return serveHttp2(listeners, {
    ...options,
    createOther: (socket, limits) =>
      new Http1Carrier(socket, {
        handler,
        limits,
        onFault,
        ...onMalformed && { onMalformed },
      }),
  });
}
