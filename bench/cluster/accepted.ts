import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";

const METRIC = /^otelcol_receiver_accepted_spans(?:_total|__spans__total)?\{.*\} (\S+)$/gm;
const PORT = 14888;

/** Counts the spans that all Jaeger collectors have stored, also those that are stopped meanwhile. */
export class AcceptedSpans {
  readonly #cluster: Cluster;
  /** What collectors had counted when they were stopped. */
  #before = 0;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The sum since the start of the cluster. */
  async count(): Promise<number> {
    let sum = this.#before;
    for (const { name, host } of this.#cluster.servers.values()) {
      if (name.startsWith("jaeger-collector")) sum += await accepted(host.address);
    }
    return sum;
  }

  /** Call it right before a server is stopped, because its counter ends with it. */
  async keep(name: string): Promise<void> {
    const server = this.#cluster.servers.get(name);
    if (!server || !name.startsWith("jaeger-collector")) return;
    this.#before += await accepted(server.host.address);
  }
}

async function accepted(address: string): Promise<number> {
  const text = await (await fetch(`http://${address}:${PORT}/metrics`)).text();
  return [...text.matchAll(METRIC)].reduce((sum, [, value]) => sum + Number(value), 0);
}
