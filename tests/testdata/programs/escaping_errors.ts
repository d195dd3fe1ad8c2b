/** Throws in timers and in promises that nothing awaits, and reports when it has survived. */
import { reportEscaped } from "../../../lib/cli/collector/report_escaped.ts";
import { catchEscapedErrors } from "../../../lib/cli/escaped_errors.ts";
import { STANDARD_OUTPUT } from "../../../lib/cli/output.ts";

{
  using _ = reportEscaped({ catchEscaped: catchEscapedErrors, output: STANDARD_OUTPUT });
  setTimeout(() => {
    throw new RangeError("from a timer");
  });
  void Promise.reject(new RangeError("from a promise"));
  void Promise.reject("no error at all");
  queueMicrotask(() => {
    throw new RangeError("from a microtask");
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
}
STANDARD_OUTPUT.data("alive");
