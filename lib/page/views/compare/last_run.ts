import { signal } from "@preact/signals";
import type { CompareRun } from "../../../guests/compare.ts";

/** The last request; it is kept while other views are open. */
export const lastRun = signal<CompareRun | undefined>(undefined);
