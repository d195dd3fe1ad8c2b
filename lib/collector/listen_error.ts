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
}

/** Runs code that listens; if an address is not available, throws a {@linkcode ListenError}. */
export function listening<T>({ hostname, port, portFlag }: ListenAddress, listen: () => T): T {
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

/** Creates a server on a port, or on any free one if another program has that port. */
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
