import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";

/** All series that gateways ever sent: one that was restarted has new ones. */
const COUNTED = "sum(last_over_time(traces_span_metrics_calls_total[1d]))";
/** Any of them that gets a sample with each export. */
const STEADY = 'traces_span_metrics_calls_total{span_name="GET /stock",status_code!~".*ERROR"}';

/** The span metrics on one Prometheus. */
export class SpanMetrics {
  readonly #cluster: Cluster;
  readonly #server: string;
  readonly #certificates: string;

  constructor(cluster: Cluster, server: string) {
    this.#cluster = cluster;
    this.#server = server;
    this.#certificates = `${cluster.directory}/certificates`;
  }

  /** Spans that gateways have counted. */
  async counted(): Promise<number> {
    const [all] = await this.#query(COUNTED);
    return Number(all?.value?.[1] ?? 0);
  }

  /** The longest time without a sample, in seconds, within the last so many seconds. */
  async longestGap(seconds: number): Promise<number> {
    const series = await this.#query(`${STEADY}[${Math.ceil(seconds)}s]`);
    const gaps = series.flatMap(({ values = [] }) =>
      values.slice(1).map(([time], i) => time - values[i]![0])
    );
    return Math.max(0, ...gaps);
  }

  /** From the server's own host, under the name that its certificate has. */
  async #query(query: string): Promise<Series[]> {
    const host = this.#cluster.servers.get(this.#server)?.host;
    if (!host) return [];
    const file = (name: string) => `${this.#certificates}/${name}`;
    const [command, ...args] = [
      ...host.prefix,
      ...["curl", "--silent", "--fail-with-body", "--cacert", file("ca.crt")],
      ...["--cert", file("prometheus.crt"), "--key", file("prometheus.key")],
      ...[`https://${this.#server}:9090/api/v1/query`, "--data-urlencode", `query=${query}`],
    ];
    const { stdout, success } = await new Deno.Command(command!, { args }).output();
    const text = new TextDecoder().decode(stdout);
    if (!success) throw new Error(`${this.#server}: ${text}`);
    return JSON.parse(text).data.result;
  }
}

/** Of Prometheus's answer: the last sample, or those of a range. */
interface Series {
  value?: [time: number, value: string];
  values?: [time: number, value: string][];
}
