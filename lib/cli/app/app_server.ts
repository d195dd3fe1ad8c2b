import { messageOf } from "../../error_message.ts";
import { hostAndPort, isWildcard, urlHost } from "../../host.ts";
import { within } from "../../time.ts";
import { StartError } from "../errors.ts";

/** A listening server. */
export interface AppServer {
  /** Its address, with the actual port. */
  address: Deno.NetAddr;
  /** Accepts no new requests and waits for those in flight, up to the given time. */
  shutdown(timeoutMillis: number): Promise<void>;
}

/**
 * Starts to listen.
 *
 * @throws {StartError} If that is not possible; the message has the next step for the user.
 */
export function startAppServer(
  handler: Deno.ServeHandler<Deno.NetAddr>,
  { hostname, port }: { hostname: string; port: number },
): AppServer {
  try {
    const server = Deno.serve({ hostname, port, onListen: () => {} }, handler);
    return {
      address: server.addr,
      async shutdown(timeoutMillis) {
        await within(timeoutMillis, server.shutdown());
      },
    };
  } catch (error) {
    const address = hostAndPort({ hostname, port });
    throw new StartError(`Cannot listen on ${address}: ${listenFailure(error)}`, { cause: error });
  }
}

/** The address as a browser on this machine can open it. */
export function urlOf({ hostname, port }: Pick<Deno.NetAddr, "hostname" | "port">): string {
  const host = isWildcard(hostname) ? "localhost" : urlHost(hostname);
  return `http://${host}:${port}/`;
}

function listenFailure(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "the port is in use (on macOS often by AirPlay). Choose another with --port";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the port needs more rights. Choose one above 1023 with --port";
  }
  return `${messageOf(error)}. Choose an address of this machine with --host`;
}
