import { signal } from "@preact/signals";
import type { ClassView } from "../../class/class_view.ts";

/** The class, and when it arrived here, in milliseconds since 1970. */
export interface ReceivedClass {
  view: ClassView;
  receivedAt: number;
}

/** The latest state of the class; undefined until the first response. */
export const received = signal<ReceivedClass | undefined>(undefined);

/** Why there is no connection; undefined while there is one. */
export const problem = signal<string | undefined>(undefined);

const RETRY_MS = 1_000;

/** Loads the class, and follows it. */
export function startClass(): void {
  const source = new EventSource("/api/class/events");
  source.addEventListener("class", ({ data }) => take(JSON.parse(data)));
  source.addEventListener("resync", () => void load());
  // Whatever happened before the stream was open is not in it.
  source.onopen = () => void load();
  source.onerror = () => {
    problem.value = "No connection to the class: what you see may be old. Connecting again …";
    // Browsers reconnect after a broken connection, but give up after an error response.
    if (source.readyState === EventSource.CLOSED) setTimeout(startClass, RETRY_MS);
  };
}

/** Removes all rows. */
export async function clearClass(): Promise<void> {
  const response = await fetch("/api/class/reset", { method: "POST" });
  if (!response.ok) problem.value = `Cannot remove the rows: HTTP ${response.status}`;
  await load();
}

async function load(): Promise<void> {
  try {
    const response = await fetch("/api/class");
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    take(await response.json());
  } catch (error) {
    problem.value = `Cannot load the class: ${error instanceof Error ? error.message : error}`;
  }
}

function take(view: ClassView): void {
  problem.value = undefined;
  received.value = { view, receivedAt: Date.now() };
}
