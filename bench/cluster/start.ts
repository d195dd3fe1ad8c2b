/**
 * Starts the servers of collector-demo/cluster without Docker, each on a host that is a network namespace, and
 * stops them on Ctrl-C.
 *
 * deno task cluster [--small]
 */
import { parseArgs } from "@std/cli/parse-args";
import { startCluster } from "../../tests/helpers/cluster/cluster.ts";
import { needsCluster } from "../../tests/helpers/cluster/programs.ts";
import { withFolder } from "../../tests/helpers/folder.ts";
import { status } from "../report.ts";

const { missing } = needsCluster();
if (missing) {
  status(`Cannot start the cluster: ${missing}`);
  Deno.exit(1);
}
const { small } = parseArgs(Deno.args, { boolean: ["small"] });
await withFolder(async (directory) => {
  status(
    `Starting ${small ? "one of each server" : "three brokers and nodes"}, up to four minutes`,
  );
  const cluster = await startCluster({ directory, size: small ? 1 : 3 });
  for (const { name, host, pid } of cluster.servers.values()) {
    status(`  ${name.padEnd(18)} ${host.address.padEnd(15)} process ${pid}`);
  }
  status(`  logs               ${directory}`);
  status(`  send here          export OTEL_EXPORTER_OTLP_ENDPOINT=${cluster.agentUrl("a1")}`);
  status(`  query              ${cluster.queryUrl}/api/v3/traces/TRACE_ID`);
  status("  stop               Ctrl-C");
  await new Promise(() => {}); // The cluster ends the process when it gets the signal.
});
