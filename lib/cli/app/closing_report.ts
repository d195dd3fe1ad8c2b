import type { Delivery } from "../../telemetry/delivery.ts";

/** The reason for items that are lost because the end was forced. */
const FORCED = "the program was stopped before they were sent";

/** The final lines about the telemetry of the program. */
export interface ClosingReport extends Disposable {
  /**
   * Closes the counts and reports the result, one line per target; also returns whether the end was forced
   * before everything was sent.
   */
  tell(isForced?: boolean): void;
}

/**
 * Prepares the closing report. If the process exits before the report, because a second signal forces the end,
 * it is printed then.
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
