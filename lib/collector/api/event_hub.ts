import { EventClient } from "./event_client.ts";
import { EventReplay } from "./event_replay.ts";

/** A browser has only a few; more than this is a mistake. */
const MAX_CLIENTS = 32;

/** How long events are recorded after the last client left, so that a page reload misses none. */
const LINGER_MS = 30_000;

/** Keeps proxies from closing a silent stream, and detects clients that disappeared. */
const HEARTBEAT_MS = 15_000;

/** Options of {@linkcode createEventHub}. */
export interface EventHubOptions {
  /** Starts publishing when the first client connects; disposed some time after the last one left. */
  start: (publish: EventHub["publish"]) => Disposable;
  maxClients?: number;
  lingerMs?: number;
  heartbeatMs?: number;
}

/** Distributes events to any number of clients as server-sent events. */
export interface EventHub extends Disposable {
  readonly clientCount: number;
  /** Sends an event to all clients; without any, it does nothing. */
  publish(name: string, data: unknown): void;
  /**
   * Opens a stream with all events after the given one, or `resync` if these are no longer known. Undefined if
   * there are too many clients already.
   */
  connect(lastEventId?: string): ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
}

/**
 * Creates a hub. A client that reads more slowly than events arrive doesn't delay the others or fill memory:
 * its queue is replaced with one `resync`.
 */
export function createEventHub({
  start,
  maxClients = MAX_CLIENTS,
  lingerMs = LINGER_MS,
  heartbeatMs = HEARTBEAT_MS,
}: EventHubOptions): EventHub {
  const clients = new Set<EventClient>();
  const replay = new EventReplay();
  let source: Disposable | undefined;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;

  function publish(name: string, data: unknown): void {
    if (!source) return;
    const bytes = replay.add(name, data);
    for (const client of clients) {
      if (!client.send(bytes)) client.restart(replay.resync());
    }
  }

  function watch(): void {
    clearTimeout(lingering);
    source ??= start(publish);
    heartbeat ??= setInterval(() => clients.forEach((client) => client.beat()), heartbeatMs);
  }

  function leave(client: EventClient): void {
    clients.delete(client);
    if (clients.size > 0) return;
    clearInterval(heartbeat);
    heartbeat = undefined;
    clearTimeout(lingering);
    lingering = setTimeout(stop, lingerMs);
    Deno.unrefTimer(lingering);
  }

  function stop(): void {
    clearTimeout(lingering);
    source?.[Symbol.dispose]();
    source = undefined;
    replay.clear();
  }

  return {
    get clientCount() {
      return clients.size;
    },
    publish,
    connect(lastEventId) {
      if (clients.size >= maxClients) return undefined;
      watch();
      const client = new EventClient(() => leave(client));
      clients.add(client);
      if (lastEventId) replay.since(lastEventId).forEach((bytes) => client.send(bytes));
      return client.stream;
    },
    [Symbol.dispose]() {
      for (const client of clients) client.end();
      clearTimeout(lingering);
      stop();
    },
  };
}
