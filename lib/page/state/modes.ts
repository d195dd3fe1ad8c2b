import { signal } from "@preact/signals";
import type { CompareMode } from "../../guests/compare.ts";
import { fetchCompare } from "../api.ts";

/** The modes of the app that the collector runs beside itself; none where it runs alone. */
export const modes = signal<readonly CompareMode[]>([]);

/** Asks for them once: they stay as they are while the collector runs. */
export async function loadModes(): Promise<void> {
  // Without them the page has one view less; whether the collector answers is said elsewhere.
  modes.value = (await fetchCompare().catch(() => undefined))?.modes ?? [];
}
