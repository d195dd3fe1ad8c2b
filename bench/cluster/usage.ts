import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";
import { parseName } from "../../tests/helpers/cluster/cluster.ts";
import { cpuMicros, peakMemoryMiB } from "../process.ts";

/** What one server has used. */
export interface Usage {
  name: string;
  pid: number;
  cpuMicros: number;
  peakMiB: number;
}

/** The usage of all running servers, since an earlier reading if given. */
export function readUsage(cluster: Cluster, since: readonly Usage[] = []): Usage[] {
  return Array.from(cluster.servers.values(), ({ name, pid }) => {
    const before = since.find((usage) => usage.pid === pid)?.cpuMicros ?? 0;
    return { name, pid, cpuMicros: cpuMicros(pid) - before, peakMiB: peakMemoryMiB(pid) };
  });
}

/** CPU and memory by role: seconds of CPU per thousand spans of all its servers, and the largest one's memory. */
export function usageRows(usage: readonly Usage[], spans: number): string[][] {
  const roles = [...new Set(usage.map(({ name }) => parseName(name).role))];
  return roles.map((role) => {
    const ofRole = usage.filter(({ name }) => parseName(name).role === role);
    const cpu = ofRole.reduce((sum, { cpuMicros }) => sum + cpuMicros, 0);
    const peak = Math.max(...ofRole.map(({ peakMiB }) => peakMiB));
    return [role, `${ofRole.length}`, (cpu / spans).toFixed(0), peak.toFixed(0)];
  });
}
