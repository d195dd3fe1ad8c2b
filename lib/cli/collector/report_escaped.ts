import { createFaultReport } from "../../collector/fault_report.ts";
import type { CommandContext } from "../command.ts";

/**
 * Reports uncaught errors with their stack, and continues, until disposed: the store is in a worker, so an
 * error in one request doesn't affect the rest. Then it reports their number.
 */
export function reportEscaped(
  { catchEscaped, output }: Pick<CommandContext, "catchEscaped" | "output">,
): Disposable {
  const reportFault = createFaultReport({ report: output.status, isDebug: true });
  let count = 0;
  const catching = catchEscaped?.((error) => {
    count++;
    reportFault("finish the work in progress", error);
  });
  return {
    [Symbol.dispose]() {
      catching?.[Symbol.dispose]();
      if (count > 0) output.status(`Unexpected errors: ${count}`);
    },
  };
}
