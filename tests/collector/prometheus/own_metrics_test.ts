import { assertEquals } from "@std/assert";
import { ownMetrics } from "../../../lib/collector/prometheus/own_metrics.ts";
import { testIf } from "../../helpers/needs.ts";
import { needsServers, SERVERS } from "../../helpers/servers.ts";
import { collectorStats } from "./collector_stats.ts";

testIf(
  needsServers("promtool"),
  ["run", "read", "env"],
  "promtool reports nothing in /metrics except the Collector's own names",
  async () => {
    const child = new Deno.Command(SERVERS.promtool, {
      args: ["check", "metrics"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(ownMetrics(collectorStats())));
    await writer.close();
    const { stdout, stderr } = await child.output();
    const lines = new TextDecoder().decode(new Uint8Array([...stdout, ...stderr])).split("\n");
    const isTheirs = /^otelcol_\w+ counter metrics should have "_total" suffix$/;
    assertEquals(lines.filter((line) => line !== "" && !isTheirs.test(line)), []);
  },
);
