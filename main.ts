import { STANDARD_OUTPUT } from "./lib/cli/output.ts";
import { run } from "./lib/cli/run.ts";
import { listenForSignals } from "./lib/cli/signals.ts";

if (import.meta.main) {
  const signals = listenForSignals(Deno.exit);
  Deno.exit(await run(Deno.args, { stop: signals.stop, signals, output: STANDARD_OUTPUT }));
}
