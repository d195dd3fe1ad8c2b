import type { Change, Cluster } from "../../tests/helpers/cluster/cluster.ts";
import { clusterFile } from "../../tests/helpers/cluster/programs.ts";
import type { Watch } from "./watch.ts";

/** How gateways share the work. */
export interface Design {
  name: string;
  /** What is different in the files of collector-demo/cluster, by server. */
  changes: Record<string, Change>;
  scenarios: readonly Scenario[];
}

/** Something that fails while traces are sent. */
export interface Scenario {
  name: string;
  /** How long the outage takes, in seconds. */
  outage: number;
  /** What happens at the start of the outage. */
  fail?(cluster: Cluster, watch: Watch): Promise<void>;
  /** What happens at its end; nothing if it lasts. */
  mend?(cluster: Cluster): Promise<void>;
}

const KAFKA_HOSTS = ["s1", "s2", "s3"];
const AGENT_HOSTS = ["a1", "a2"];

const OUTAGE_SECONDS = 30;

const NOTHING: Scenario = { name: "nothing stopped", outage: OUTAGE_SECONDS };
const GATEWAY = killed("one gateway killed", "gateway-2");
/** Lasts, so it must be the last one of a cluster. */
const HOST: Scenario = {
  name: "a whole host gone",
  outage: OUTAGE_SECONDS,
  async fail(cluster, watch) {
    await watch.keep(cluster.serversOf("s2"));
    await cluster.stopHost("s2");
  },
};
const LOAD_BALANCING: Change = { configs: [clusterFile("load-balancing.yaml")] };

/** Each design runs on a cluster of its own. */
export const DESIGNS: readonly Design[] = [
  {
    // As in the files: the gateways share Kafka's partitions.
    name: "partitions",
    changes: {},
    scenarios: [
      NOTHING,
      killed("one Kafka broker killed", "kafka-2"),
      GATEWAY,
      killed("one Cassandra node killed", "cassandra-2"),
      killed("one Jaeger collector killed", "jaeger-collector-2"),
      killed("one agent killed", "agent-1"),
      killed("Jaeger query killed", "jaeger-query"),
      killed("one Prometheus killed", "prometheus-2"),
      {
        name: "agents cut off from Kafka for a minute",
        outage: 60,
        fail: (cluster) => setPartition(cluster, true),
        mend: (cluster) => setPartition(cluster, false),
      },
      HOST,
    ],
  },
  {
    // Each gateway reads all partitions and decides on everything, so one of them may be gone.
    name: "two groups",
    changes: { "gateway-1": { env: { GROUP: "one" } }, "gateway-2": { env: { GROUP: "other" } } },
    scenarios: [NOTHING, GATEWAY, HOST],
  },
  {
    // Gateways send each span on to the one that its trace ID chooses.
    name: "load balancing",
    changes: { "gateway-1": LOAD_BALANCING, "gateway-2": LOAD_BALANCING },
    scenarios: [NOTHING, GATEWAY],
  },
];

function killed(name: string, server: string): Scenario {
  return {
    name,
    outage: OUTAGE_SECONDS,
    async fail(cluster, watch) {
      await watch.keep([server]);
      await cluster.stop(server, "SIGKILL");
    },
    mend: (cluster) => cluster.start(server),
  };
}

async function setPartition({ network }: Cluster, isCut: boolean): Promise<void> {
  for (const agents of AGENT_HOSTS) {
    for (const servers of KAFKA_HOSTS) {
      await network.setPartition(network.hosts[agents]!, network.hosts[servers]!, isCut);
    }
  }
}
