import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CollectorStats, LiveEvents } from "../../collector/model.ts";
import type { GuideView } from "../../guests/guide.ts";
import { fetchStats } from "../api.ts";

/** The live events: from the collector, and from its guests. */
interface PageEvents extends LiveEvents {
  /** The workshop's guide, on every change. */
  guide: GuideView;
}

/** `lost`: the data on the page may be outdated. */
export type Connection = "connecting" | "open" | "lost";

/** The state of the connection to the collector. */
export const connection = signal<Connection>("connecting");

/** Addresses, limits and counts; undefined until the first response. */
export const stats = signal<CollectorStats | undefined>(undefined);

const RETRY_MS = 1_000;
const EVENT_NAMES = [
  "traces",
  "logs",
  "metrics",
  "exports",
  "stats",
  "guide",
  "resync",
] as const satisfies readonly (keyof PageEvents)[];

type Listener<K extends keyof PageEvents> = (data: PageEvents[K]) => void;

const listeners: { [K in keyof PageEvents]: Set<Listener<K>> } = {
  traces: new Set(),
  logs: new Set(),
  metrics: new Set(),
  exports: new Set(),
  stats: new Set([(data) => stats.value = data]),
  guide: new Set(),
  resync: new Set([() => void loadStats()]),
};

/** Connects, and reconnects whenever the connection ends. */
export function startLive(): void {
  void loadStats();
  connect();
}

/** Calls back with each event of a name; call the returned function to stop. */
export function onLive<K extends keyof PageEvents>(name: K, listener: Listener<K>): () => void {
  const set: Set<Listener<K>> = listeners[name];
  set.add(listener);
  return () => void set.delete(listener);
}

/**
 * Calls back with each event of a name while the component is shown. `resync` means that events were missed:
 * reload the data.
 */
export function useLive<K extends keyof PageEvents>(name: K, listener: Listener<K>): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => onLive<K>(name, (data) => latest.current(data)), [name]);
}

function connect(): void {
  const source = new EventSource("/api/kit/events");
  for (const name of EVENT_NAMES) {
    source.addEventListener(name, (event) => emit(name, JSON.parse(event.data)));
  }
  source.onopen = () => connection.value = "open";
  source.onerror = () => {
    connection.value = "lost";
    // Browsers reconnect after a broken connection, but give up after an error response.
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      connect();
      emit("resync", {});
    }, RETRY_MS);
  };
}

function emit<K extends keyof PageEvents>(name: K, data: PageEvents[K]): void {
  const set: Set<Listener<K>> = listeners[name];
  for (const listener of set) listener(data);
}

async function loadStats(): Promise<void> {
  // The connection state already shows this.
  const loaded = await fetchStats().catch(() => undefined);
  if (loaded) stats.value = loaded;
}
