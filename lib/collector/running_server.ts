import { hostAndPort } from "../host.ts";

/** A listening server. */
export interface RunningServer extends AsyncDisposable {
  /** The actual port. */
  port: number;
  url: string;
  /** Accepts no new requests, and resolves when those in flight are finished. */
  shutdown(): Promise<void>;
}

/** The handle of a server. Further shutdowns wait for the first one. */
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
