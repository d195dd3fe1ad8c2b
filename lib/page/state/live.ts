import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { CollectorStats, LiveEvents } from "../../collector/model.ts";
import type { GuideView } from "../../guests/guide.ts";
import { fetchStats } from "../api.ts";

/** What the page hears: of the collector, and of its guests. */
interface PageEvents extends LiveEvents {
  /** The workshop's guide, on every change. */
  guide: GuideView;
}

/** `lost`: what is on the page may be old. */
export type Connection = "connecting" | "open" | "lost";

/** Whether the page hears from the collector. */
export const connection = signal<Connection>("connecting");

/** Addresses, limits and counts; undefined until the collector has answered once. */
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

/** Connects, and connects again whenever the connection ends. */
export function startLive(): void {
  void loadStats();
  connect();
}

/** Calls back with each event of a name; the function that is returned ends it. */
export function onLive<K extends keyof PageEvents>(name: K, listener: Listener<K>): () => void {
  const set: Set<Listener<K>> = listeners[name];
  set.add(listener);
  return () => void set.delete(listener);
}

/**
 * Calls back with each event of a name while the component is shown. `resync` says that events were
 * missed: read anew what is shown.
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
    // A browser goes on by itself after a broken connection, but gives up after an error answer.
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
  // The connection's state says already that the collector does not answer.
  const loaded = await fetchStats().catch(() => undefined);
  if (loaded) stats.value = loaded;
}
