import { signal } from "@preact/signals";
import type { CompareMode } from "../../guests/compare.ts";
import { fetchCompare } from "../api.ts";

/** The app's modes that run with the collector; none if it runs alone. */
export const modes = signal<readonly CompareMode[]>([]);

/** Loads them once: they don't change while the collector is running. */
export async function loadModes(): Promise<void> {
  // Without them, the page has one view less; connection problems are shown elsewhere.
  modes.value = (await fetchCompare().catch(() => undefined))?.modes ?? [];
}
