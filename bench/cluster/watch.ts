import { type Cluster, parseName } from "../../tests/helpers/cluster/cluster.ts";
import type { ClusterServer } from "../../tests/helpers/cluster/server.ts";
import { cpuMicros, peakMemoryMiB, resetPeakMemory } from "../process.ts";

const METRIC = /^otelcol_receiver_accepted_spans(?:_total|__spans__total)?\{.*\} (\S+)$/gm;
const PORT = 14888;

/** What all servers of the cluster have done since its start. */
export interface Reading {
  /** Spans that Jaeger collectors have stored, also those that are stored again. */
  stored: number;
  /** CPU time by server, in microseconds. */
  cpu: ReadonlyMap<string, number>;
}

/** Reads what servers do, also those that are killed meanwhile: their counters end with them. */
export class Watch {
  readonly #cluster: Cluster;
  readonly #ended = new Map<string, { stored: number; cpu: number; peakMiB: number }>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Call it right before servers are killed. */
  async keep(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const server = this.#cluster.servers.get(name);
      if (!server) continue;
      const before = this.#ended.get(name);
      this.#ended.set(name, {
        stored: (before?.stored ?? 0) + await storedBy(server),
        cpu: (before?.cpu ?? 0) + cpuMicros(server.pid),
        peakMiB: Math.max(before?.peakMiB ?? 0, peakMemoryMiB(server.pid)),
      });
    }
  }

  /** Spans stored until now. */
  async stored(): Promise<number> {
    let sum = 0;
    for (const { stored } of this.#ended.values()) sum += stored;
    for (const server of this.#cluster.servers.values()) sum += await storedBy(server);
    return sum;
  }

  /** Everything until now. */
  async read(): Promise<Reading> {
    const cpu = new Map(Array.from(this.#ended, ([name, { cpu }]) => [name, cpu]));
    for (const { name, pid } of this.#cluster.servers.values()) {
      cpu.set(name, (cpu.get(name) ?? 0) + cpuMicros(pid));
    }
    return { stored: await this.stored(), cpu };
  }

  /** The most memory that each server had since {@linkcode forgetPeaks}, in MiB. */
  peaks(): Map<string, number> {
    const peaks = new Map(Array.from(this.#ended, ([name, { peakMiB }]) => [name, peakMiB]));
    for (const { name, pid } of this.#cluster.servers.values()) {
      peaks.set(name, Math.max(peaks.get(name) ?? 0, peakMemoryMiB(pid)));
    }
    return peaks;
  }

  /** Starts to measure memory anew. */
  forgetPeaks(): void {
    for (const ended of this.#ended.values()) ended.peakMiB = 0;
    for (const { pid } of this.#cluster.servers.values()) resetPeakMemory(pid);
  }
}

async function storedBy({ name, host }: ClusterServer): Promise<number> {
  if (parseName(name).role !== "jaeger-collector") return 0;
  const text = await (await fetch(`http://${host.address}:${PORT}/metrics`)).text();
  return [...text.matchAll(METRIC)].reduce((sum, [, value]) => sum + Number(value), 0);
}
