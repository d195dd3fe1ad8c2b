import { hostAndPort } from "../host.ts";

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** The real one, if any free one was asked for. */
  port: number;
  url: string;
  /** Takes no new requests, and resolves when those in flight are answered. */
  shutdown(): Promise<void>;
}

/** The handle of a server; to shut it down twice is to wait for the same end. */
export function runningServer(
  { hostname, port }: { hostname: string; port: number },
  stop: () => Promise<void>,
): RunningServer {
  let stopping: Promise<void> | undefined;
  const shutdown = () => stopping ??= stop();
  return {
    port,
    url: `http://${hostAndPort({ hostname, port })}`,
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}
