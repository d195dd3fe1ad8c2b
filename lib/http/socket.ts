/** A connected socket, such as a `Deno.TcpConn`. */
export interface Socket {
  readonly remoteAddr: Deno.NetAddr;
  /** Sends small writes at once. */
  setNoDelay?(): void;
  /** Resolves with the number of bytes read into the buffer; null at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  /** Ends the writing side. */
  closeWrite(): Promise<void>;
  close(): void;
}

/** How much, and for how long, is still read after the last write, so that the client can read it. */
export const MAX_DRAINED_BYTES = 1024 * 1024;
export const DRAIN_MS = 1000;
const DRAIN_BUFFER_BYTES = 4096;

/** Writes all bytes. @throws The errors of the socket. */
export async function writeAll(
  socket: Socket,
  bytes: Uint8Array,
  onProgress = () => {},
): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await socket.write(bytes.subarray(written));
    onProgress();
  }
}

/**
 * Ends a connection after the last write. Closing it at once would reset it if anything is unread, and
 * the client might never see what was written.
 *
 * @throws The errors of the socket.
 */
export async function endSocket(socket: Socket): Promise<void> {
  const timer = setTimeout(() => closeSocket(socket), DRAIN_MS);
  try {
    await socket.closeWrite();
    const buffer = new Uint8Array(DRAIN_BUFFER_BYTES);
    for (let drained = 0; drained < MAX_DRAINED_BYTES;) {
      const count = await socket.read(buffer);
      if (count === null) return;
      drained += count;
    }
  } finally {
    clearTimeout(timer);
    closeSocket(socket);
  }
}

/** Closes a socket, unless it is closed already. */
export function closeSocket(socket: Socket): void {
  try {
    socket.close();
  } catch {
    // It is already closed.
  }
}

/** Errors of connections; all others that Deno has are about files, permissions and the like. */
const NETWORK_ERRORS = [
  Deno.errors.AddrNotAvailable,
  // It was closed on this side, perhaps to make room for others.
  Deno.errors.BadResource,
  Deno.errors.BrokenPipe,
  Deno.errors.ConnectionAborted,
  Deno.errors.ConnectionRefused,
  Deno.errors.ConnectionReset,
  Deno.errors.Interrupted,
  Deno.errors.NetworkUnreachable,
  Deno.errors.NotConnected,
  Deno.errors.TimedOut,
  Deno.errors.UnexpectedEof,
  Deno.errors.WouldBlock,
  Deno.errors.WriteZero,
];

/** Errors of connections for which Deno has no class, and exhausted resources of the operating system. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  // On macOS, for an option of a connection that was reset.
  "EINVAL",
  "EMFILE",
  "ENETDOWN",
  "ENETRESET",
  "ENETUNREACH",
  "ENFILE",
  "ENOBUFS",
  "ENOMEM",
  "ENOTCONN",
  "EPIPE",
  "EPROTO",
  "ESHUTDOWN",
  "ETIMEDOUT",
]);

/** Whether an error comes from a connection rather than a bug in the program. */
export function isOfNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return NETWORK_ERRORS.some((type) => error instanceof type) ||
    ("code" in error && NETWORK_CODES.has(String(error.code)));
}

/** Lets everything else that is ready go first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
