import { catchEscapedErrors } from "./lib/cli/escaped_errors.ts";
import { STANDARD_OUTPUT } from "./lib/cli/output.ts";
import { run } from "./lib/cli/run.ts";
import { listenForSignals } from "./lib/cli/signals.ts";

if (import.meta.main) {
  const signals = listenForSignals(Deno.exit);
  const context = { stop: signals.stop, signals, output: STANDARD_OUTPUT };
  Deno.exit(await run(Deno.args, { ...context, catchEscaped: catchEscapedErrors }));
}
