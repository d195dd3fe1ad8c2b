import { messageOf } from "../error_message.ts";
import { hostAndPort } from "../host.ts";

/** A server of the collector can't listen. The message has the address and the flag to change. */
export class ListenError extends Error {
  override name = "ListenError";
}

/** A server's address. */
export interface ListenAddress {
  hostname: string;
  /** 0 means any free port. */
  port: number;
  /** The flag that sets the port, for messages. */
  portFlag: string;
  /** Called with a line for the user if another program has the port at the IPv6 address. */
  report?: ((message: string) => void) | undefined;
}

/** The addresses that programs may use for "localhost". */
const LOCALHOST = ["127.0.0.1", "::1"];

/**
 * Listens on an address. For this machine's IPv4 address, also listens on its IPv6 address, which many
 * programs try first for "localhost". The IPv6 address is left out if there is no IPv6, or, with a
 * report, if another program uses the port there.
 *
 * @throws {ListenError} If the address is not available.
 */
export function listenOn(address: ListenAddress): [Deno.TcpListener, ...Deno.TcpListener[]] {
  const { hostname, port } = address;
  const listener = listening(address, () => Deno.listen({ hostname, port }));
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return [listener];
  const other = LOCALHOST.find((name) => name !== listener.addr.hostname)!;
  try {
    return [listener, Deno.listen({ hostname: other, port: listener.addr.port })];
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) {
      const { port, portFlag, report } = { ...address, port: listener.addr.port };
      report?.(
        `${hostAndPort({ hostname: other, port })} belongs to another program, ` +
          `which gets what is sent to "localhost" there. Send to ${hostname}:${port}, or choose ` +
          `another port with ${portFlag}`,
      );
    }
    return [listener];
  }
}

/** Runs code that listens; if an address is not available, throws a {@linkcode ListenError}. */
function listening<T>({ hostname, port, portFlag }: ListenAddress, listen: () => T): T {
  try {
    return listen();
  } catch (error) {
    const address = hostAndPort({ hostname, port });
    throw new ListenError(`Cannot listen on ${address}: ${reasonOf(error, portFlag)}`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown, portFlag: string): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `another program, perhaps a collector, has the port. Choose another with ${portFlag}`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `the port needs more rights. Choose one above 1023 with ${portFlag}`;
  }
  return `${messageOf(error)}. Choose an address of this machine with --host`;
}

/** Creates a server on a port, or on any free one if another program uses that port. */
export async function retryOnFreePort<T>(
  port: number,
  create: (port: number) => T | Promise<T>,
): Promise<T> {
  try {
    return await create(port);
  } catch (error) {
    const isTaken = error instanceof ListenError && error.cause instanceof Deno.errors.AddrInUse;
    if (!isTaken) throw error;
    return await create(0);
  }
}
