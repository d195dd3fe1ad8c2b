import { createFaultReport } from "../../collector/fault_report.ts";
import type { CommandContext } from "../command.ts";

/**
 * Reports errors that nothing caught with their stack, and goes on until disposed: what a collector
 * keeps is in a worker, so an error in one request leaves the rest as it was. Then it tells their count.
 */
export function reportEscaped(
  { catchEscaped, output }: Pick<CommandContext, "catchEscaped" | "output">,
): Disposable {
  const reportFault = createFaultReport({ report: output.status, isDebug: true });
  let count = 0;
  const catching = catchEscaped?.((error) => {
    count++;
    reportFault("finish what was under way", error);
  });
  return {
    [Symbol.dispose]() {
      catching?.[Symbol.dispose]();
      if (count > 0) output.status(`Faults that were not expected: ${count}`);
    },
  };
}
