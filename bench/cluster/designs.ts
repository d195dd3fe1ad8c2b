import type { ClusterOptions } from "../../tests/helpers/cluster/cluster.ts";
import { clusterFile } from "../../tests/helpers/cluster/programs.ts";

/** What differs from the files of collector-demo/cluster, by the design's name. */
export const DESIGNS: Record<string, Pick<ClusterOptions, "variant" | "env">> = {
  /** As in the files: Kafka's partitions by trace ID, shared among the gateways. */
  partitions: {},
  /** Messages in any partition; gateways send spans on to each other by trace ID. */
  "load-balancing": {
    variant: {
      configs: {
        agent: [yaml({ exporters: { kafka: { partition_traces_by_id: false } } })],
        gateway: [clusterFile("load-balancing.yaml")],
      },
    },
  },
  /** Each gateway reads all partitions and decides on everything, so one of them may be gone. */
  "two-groups": { env: { "gateway-1": { GROUP: "one" }, "gateway-2": { GROUP: "other" } } },
  /** Offsets are committed once a minute, so a successor reads up to a minute again. */
  "late-commits": {
    variant: {
      configs: { gateway: [yaml({ receivers: { kafka: { autocommit: { interval: "60s" } } } })] },
    },
  },
};

function yaml(config: unknown): string {
  return `yaml:${JSON.stringify(config)}`;
}
