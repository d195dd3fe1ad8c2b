import { parseName } from "../../tests/helpers/cluster/cluster.ts";
import type { Role } from "../../tests/helpers/cluster/programs.ts";
import type { Reading, Watch } from "./watch.ts";

/** What all servers of a role have used. */
export interface Usage {
  servers: number;
  cpuSeconds: number;
  /** The most memory that one of them had. */
  peakMiB: number;
}

/** Usage by role since an earlier reading. */
export async function usageSince(watch: Watch, before: Reading): Promise<Map<Role, Usage>> {
  const { cpu } = await watch.read();
  const peaks = watch.peaks();
  const usage = new Map<Role, Usage>();
  for (const [name, micros] of cpu) {
    const { role } = parseName(name);
    const ofRole = usage.get(role) ?? { servers: 0, cpuSeconds: 0, peakMiB: 0 };
    ofRole.servers++;
    ofRole.cpuSeconds += (micros - (before.cpu.get(name) ?? 0)) / 1e6;
    ofRole.peakMiB = Math.max(ofRole.peakMiB, peaks.get(name) ?? 0);
    usage.set(role, ofRole);
  }
  return usage;
}

/** Milliseconds of CPU time per thousand spans. */
export function msPerThousand(cpuSeconds: number, spans: number): string {
  return (cpuSeconds * 1e6 / spans).toFixed(cpuSeconds * 1e6 < 10 * spans ? 1 : 0);
}
