import type { Cluster } from "../../tests/helpers/cluster/cluster.ts";
import type { AcceptedSpans } from "./accepted.ts";

/** Something that fails while traces are sent. */
export interface Scenario {
  name: string;
  /** What happens at the start of the outage. */
  fail?(cluster: Cluster, accepted: AcceptedSpans): Promise<void>;
  /** What happens at its end; nothing if it lasts. */
  mend?(cluster: Cluster): Promise<void>;
}

const KAFKA_HOSTS = ["s1", "s2", "s3"];
const AGENT_HOSTS = ["a1", "a2"];

/** All scenarios; the last one leaves the cluster without a host. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "nothing stopped" },
  killed("one Kafka broker killed", "kafka-2"),
  killed("one gateway killed", "gateway-2"),
  killed("one Cassandra node killed", "cassandra-2"),
  killed("one Jaeger collector killed", "jaeger-collector-2"),
  {
    name: "agents cut off from Kafka",
    fail: (cluster) => setPartition(cluster, true),
    mend: (cluster) => setPartition(cluster, false),
  },
  {
    name: "a whole host gone",
    async fail(cluster, accepted) {
      await accepted.keep("jaeger-collector-2");
      await cluster.stopHost("s2");
    },
  },
];

function killed(name: string, server: string): Scenario {
  return {
    name,
    async fail(cluster, accepted) {
      await accepted.keep(server);
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
