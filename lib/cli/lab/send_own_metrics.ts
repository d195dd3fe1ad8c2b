import { messageOf } from "../../error_message.ts";
import { ownMetrics, type OwnState } from "../../lab/own_metrics.ts";
import type { LabConfig } from "../../lab/read_config.ts";
import { openHttpRoute } from "./exporters.ts";

const TIMEOUT_MS = 2000;

/**
 * Sends the lab's own metrics at the given interval, until disposed. If that fails, it is
 * reported once: the next request has the current numbers.
 *
 * @throws {UsageError} If the endpoint cannot be used.
 */
export async function sendOwnMetrics(
  { endpoint, intervalMillis }: NonNullable<LabConfig["metrics"]>,
  read: () => OwnState,
  report: (line: string) => void,
): Promise<AsyncDisposable> {
  const { url, transports } = await openHttpRoute(endpoint, "none");
  let sending: Promise<void> | undefined;
  let isReported = false;
  const send = () =>
    sending ??= transports.metrics.send(ownMetrics(read(), Date.now()), TIMEOUT_MS)
      .then(() => {}, (error) => {
        if (!isReported) report(`Cannot send the lab's metrics to ${url}: ${messageOf(error)}`);
        isReported = true;
      })
      .finally(() => sending = undefined);
  const timer = setInterval(send, intervalMillis);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sending;
      for (const transport of Object.values(transports)) transport.shutdown();
    },
  };
}
