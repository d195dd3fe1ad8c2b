import { BodyDecoder } from "../../collector/decode/body_decoder.ts";
import { createFaultReport } from "../../collector/fault_report.ts";
import { createGuard } from "../../collector/guard.ts";
import { ListenError } from "../../collector/listen_error.ts";
import { Admission } from "../../collector/receivers/admission.ts";
import { createGrpcReceiver } from "../../collector/receivers/grpc_receiver.ts";
import { createHttpReceiver } from "../../collector/receivers/http_receiver.ts";
import type { RunningServer } from "../../collector/running_server.ts";
import { openConnectors } from "../../lab/connectors.ts";
import { createIntake } from "../../lab/intake.ts";
import type { LabConfig, ListenAt } from "../../lab/read_config.ts";
import { StartError } from "../errors.ts";
import { openExporters } from "./exporters.ts";
import { sendOwnMetrics } from "./send_own_metrics.ts";
import { watchQueues } from "./watch_queues.ts";

/** A running lab. */
export interface Lab {
  /** Where it listens, such as `http://127.0.0.1:25318`. */
  urls: readonly string[];
  /** Sends what is queued once more, and drops the rest. */
  shutdown(timeoutMillis: number): Promise<void>;
}

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * Starts the receivers and the exporters of a configuration.
 *
 * @throws {StartError} If a port is taken.
 * @throws {UsageError} If an endpoint cannot be used.
 */
export async function startLab(
  config: LabConfig,
  { print, report }: Record<"print" | "report", (line: string) => void>,
): Promise<Lab> {
  const exporters = await openExporters(config, { print, report });
  const connectors = openConnectors(config, exporters.byId);
  const intake = createIntake(
    config.pipelines.filter(({ receivers }) => receivers.some((id) => !connectors.byId.has(id))),
    new Map([...exporters.byId, ...connectors.byId]),
  );
  const decoder = new BodyDecoder();
  const servers: RunningServer[] = [];
  const shared = {
    decoder,
    // Full queues refuse requests.
    admission: new Admission({ pendingBytes: 0 }),
    exports: { add: () => {} },
    maxBodyBytes: MAX_BODY_BYTES,
    reportFault: createFaultReport({ report, isDebug: false }),
    store: intake,
    portFlag: "LAB_PORT if the file reads it, or in the file, and let the app send there",
  };
  const listen = (address: ListenAt | undefined, create: typeof createHttpReceiver) => {
    if (!address) return;
    const guard = createGuard({ hostname: address.hostname });
    servers.push(create({ ...shared, ...address, guard }));
  };
  try {
    listen(config.http, createHttpReceiver);
    listen(config.grpc, createGrpcReceiver);
  } catch (error) {
    for (const server of servers) await server.shutdown();
    connectors[Symbol.dispose]();
    await exporters.shutdown(0);
    decoder[Symbol.dispose]();
    if (!(error instanceof ListenError)) throw error;
    throw new StartError(error.message, { cause: error });
  }
  const watching = watchQueues(exporters.queues, print);
  const sending = config.metrics &&
    await sendOwnMetrics(
      config.metrics,
      () => ({ queues: exporters.queues(), dropped: intake.dropped }),
      report,
    );
  return {
    urls: servers.map(({ url }) => url),
    async shutdown(timeoutMillis) {
      await Promise.all(servers.map((server) => server.shutdown()));
      connectors[Symbol.dispose]();
      await exporters.shutdown(timeoutMillis);
      watching[Symbol.dispose]();
      await sending?.[Symbol.asyncDispose]();
      decoder[Symbol.dispose]();
    },
  };
}
