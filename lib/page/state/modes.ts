import { signal } from "@preact/signals";
import type { CompareMode } from "../../guests/compare.ts";

/** The app's modes that run with the collector; none if it runs alone. They don't change. */
export const modes = signal<readonly CompareMode[]>([]);
