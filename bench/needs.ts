import { needsServers } from "../tests/helpers/servers.ts";
import { status } from "./report.ts";

/** Exits the benchmark if wrk is missing. */
export function needWrk(): void {
  try {
    new Deno.Command("wrk", { args: ["-v"], stdout: "null", stderr: "null" }).outputSync();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    status("Cannot measure: wrk is not installed. On Debian: apt-get install wrk");
    Deno.exit(1);
  }
}

/** Exits the benchmark if the real Collector or the real Jaeger is missing. */
export function needCollectorAndJaeger(): void {
  const { missing } = needsServers("collector", "jaeger");
  if (!missing) return;
  status(`Cannot measure: ${missing}. The servers of collector-demo must be installed there`);
  Deno.exit(1);
}
