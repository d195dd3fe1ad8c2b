import type { AddOptions } from "../store.ts";

/** How a signal's store processes a request. */
export interface TakeOptions extends AddOptions {
  /** Whether it is known to be an export request of the signal. */
  isChecked?: boolean;
}
