import { STANDARD_OUTPUT } from "./lib/cli/output.ts";
import { run } from "./lib/cli/run.ts";

/** The signals that ask the program to end, with their numbers: the exit code of a forced end. */
const STOP_SIGNALS: [Deno.Signal, number][] = Deno.build.os === "windows"
  ? [["SIGINT", 2], ["SIGBREAK", 21]]
  : [["SIGINT", 2], ["SIGTERM", 15]];

if (import.meta.main) {
  const stop = new AbortController();
  for (const [signal, number] of STOP_SIGNALS) {
    Deno.addSignalListener(signal, () => {
      if (stop.signal.aborted) Deno.exit(128 + number);
      stop.abort();
    });
  }
  Deno.exit(await run(Deno.args, { stop: stop.signal, output: STANDARD_OUTPUT }));
}
