import { sleep } from "../time.ts";
import { nextTurn, type Socket } from "../http/socket.ts";

/** A listening socket, such as a `Deno.TcpListener`. */
export interface Listener {
  accept(): Promise<Socket>;
  close(): void;
}

/** How long to wait after an error that the next attempt would probably cause, too. */
const PAUSE_MS = 100;

/** Connections that are accepted before everything else gets its turn. */
const MAX_ACCEPTED_AT_ONCE = 16;

/** Error codes for exhausted resources. */
const EXHAUSTION = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]);

/** Options of {@linkcode acceptAll}. */
export interface AcceptOptions {
  onSocket: (socket: Socket) => void;
  /** Called when a connection could not be accepted, perhaps because files or memory ran out. */
  onError: (isExhausted: boolean) => void;
}

/** Accepts connections until it is stopped, despite any errors. */
export function acceptAll(
  listener: Listener,
  { onSocket, onError }: AcceptOptions,
): { stop: () => void; stopped: Promise<void> } {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    let accepted = 0;
    while (!stopping.signal.aborted) {
      try {
        onSocket(await listener.accept());
        // A closed socket keeps its file descriptor until then.
        if (++accepted % MAX_ACCEPTED_AT_ONCE === 0) await nextTurn();
      } catch (error) {
        if (stopping.signal.aborted || error instanceof Deno.errors.BadResource) return;
        onError(EXHAUSTION.has(codeOf(error)));
        if (!isOfConnection(error)) await sleep(PAUSE_MS, stopping.signal);
      }
    }
  }

  return {
    stop() {
      stopping.abort();
      listener.close();
    },
    stopped: run(),
  };
}

/** The client disconnected before it was accepted: a port scan, a health check, a broken network. */
function isOfConnection(error: unknown): boolean {
  return error instanceof Deno.errors.NotConnected ||
    error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.ConnectionAborted;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
