import { signal } from "@preact/signals";
import type { CompareRun } from "../../../guests/compare.ts";

/** The last request; it stays while one looks at other views. */
export const lastRun = signal<CompareRun | undefined>(undefined);
