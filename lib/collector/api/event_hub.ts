import { EventClient } from "./event_client.ts";
import { EventReplay } from "./event_replay.ts";

/** A browser has few; more are a mistake. */
const MAX_CLIENTS = 32;

/** How long events go on after the last client left, so that a reload of the page misses none. */
const LINGER_MS = 30_000;

/** Keeps proxies from closing a silent stream, and finds clients that went without a word. */
const HEARTBEAT_MS = 15_000;

/** Options of {@linkcode createEventHub}. */
export interface EventHubOptions {
  /** Begins to publish, when the first client comes; disposed a while after the last one left. */
  start: (publish: EventHub["publish"]) => Disposable;
  maxClients?: number;
  lingerMs?: number;
  heartbeatMs?: number;
}

/** Passes events on to any number of clients, as server-sent events. */
export interface EventHub extends Disposable {
  readonly clientCount: number;
  /** Sends an event to all; nothing happens while there is nobody. */
  publish(name: string, data: unknown): void;
  /**
   * Opens a stream, with what was missed since an event, or `resync` where that is not known any
   * more. Undefined if there are too many clients already.
   */
  connect(lastEventId?: string): ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
}

/**
 * Creates a hub. A client that reads slower than events come does not hold up the others or fill
 * memory: what waits for it is replaced by one `resync`.
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
