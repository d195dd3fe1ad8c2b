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
    // It is closed already.
  }
}

/** Whether an error comes from the network or the operating system, not from a fault of the program. */
export function isOfNetwork(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return Object.values(Deno.errors).some((type) => error instanceof type) ||
    ("code" in error && /^E[A-Z]+$/.test(String(error.code)));
}

/** Lets everything else that is ready go first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
