import type { CollectorStats, ConnectionStats } from "../../../lib/collector/model.ts";

/** The statistics of a collector that has received little. */
export function collectorStats(): CollectorStats {
  return {
    version: "0",
    startedAt: 0,
    httpUrl: "",
    grpcUrl: "",
    exports: { accepted: 0, partial: 0, refused: 0 },
    connections: { http: connections(1), grpc: connections(2), page: connections(4) },
    store: {
      signals: {
        traces: { kept: 5, received: 7, rejected: 1, duplicated: 0, evicted: 2 },
        metrics: { kept: 0, received: 0, rejected: 0, duplicated: 0, evicted: 0 },
        logs: { kept: 0, received: 0, rejected: 0, duplicated: 0, evicted: 0 },
      },
      traces: { kept: 2, evicted: 1 },
      series: { kept: 0, evicted: 0 },
      bytes: 1000,
      maxBytes: 2000,
      maxTraces: 10,
      looks: [],
    },
    forward: {
      url: "",
      sentRequests: 3,
      failedRequests: 0,
      droppedRequests: 0,
      rejectedItems: { traces: 0, metrics: 0, logs: 0 },
      queuedBytes: 0,
    },
  };
}

function connections(count: number): ConnectionStats {
  const counts = { accepted: count, notAccepted: count, lost: count, evicted: count };
  return { open: count, ...counts, timedOut: count, refused: count, pauses: count };
}
