import { type Http2ServerOptions, serveHttp2 } from "../../lib/http_server/server.ts";
import { FakeListener } from "./fake_socket.ts";
import { echo } from "./http2_peer.ts";

/** A server without a network. The test advances its clock. */
export function startFakeServer<Options extends Partial<Http2ServerOptions>>(
  options: Options,
  serve: (
    listener: FakeListener,
    options: Options & Http2ServerOptions,
  ) => ReturnType<typeof serveHttp2> = serveHttp2,
) {
  const listener = new FakeListener();
  const faults: unknown[] = [];
  let tick = () => {};
  const server = serve(listener, {
    handler: echo,
    onFault: (error) => void faults.push(error),
    startClock: (everySecond) => {
      tick = everySecond;
      return { [Symbol.dispose]: () => tick = () => {} };
    },
    ...options,
  });
  const wait = (seconds: number) => {
    for (let i = 0; i < seconds; i++) tick();
  };
  return { listener, server, faults, wait, [Symbol.asyncDispose]: () => server.shutdown() };
}
