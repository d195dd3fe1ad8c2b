import type { Delivery } from "../../telemetry/delivery.ts";

/** Why items are lost that were left behind when the end was forced. */
const FORCED = "the program was stopped before they were sent";

/** The last words on what was to be sent. */
export interface ClosingReport extends Disposable {
  /**
   * Closes the counts and tells what became of everything, a line for each place it went to; whether
   * somebody did not want to wait for the rest.
   */
  tell(isForced?: boolean): void;
}

/**
 * Prepares the closing report. If the process exits before it was told, because a second signal forces
 * the end, it is told then.
 */
export function prepareClosingReport(
  deliveries: readonly Delivery[],
  status: (line: string) => void,
): ClosingReport {
  function closeBooks(reason?: string): void {
    for (const delivery of deliveries) {
      const line = delivery.close(reason);
      if (line !== undefined) status(line);
    }
  }
  const onExit = () => closeBooks(FORCED);
  globalThis.addEventListener("unload", onExit);
  return {
    tell: (isForced) => isForced ? closeBooks(FORCED) : closeBooks(),
    [Symbol.dispose]: () => globalThis.removeEventListener("unload", onExit),
  };
}
