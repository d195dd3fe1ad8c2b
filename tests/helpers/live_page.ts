import { readCollectorFlags } from "../../lib/cli/flags/collector_flags.ts";
import { startCollector } from "../../lib/cli/collector/start_collector.ts";
import type { Collector } from "../../lib/collector/collector.ts";
import type { GuestHandlers } from "../../lib/guests/guests.ts";
import type { LogsData, MetricsData, TracesData } from "../../lib/otlp/json.ts";
import type { Signal } from "../../lib/otlp/signal.ts";
import { buildPage } from "./builds.ts";
import { ANY_PORTS } from "./collector_program.ts";
import { withProgram } from "./program.ts";

/** Starts the real collector with its page on free ports, in this process. */
export async function startLiveCollector(
  { maxTraces, ...more }: { maxTraces?: number } & GuestHandlers = {},
): Promise<Collector> {
  await buildPage();
  const anyPorts = { httpPort: 0, grpcPort: 0, uiPort: 0 };
  const settings = readCollectorFlags({}, anyPorts);
  return await startCollector(
    { ...settings, ...maxTraces !== undefined && { maxTraces } },
    { report: () => {}, ...more },
  );
}

/** Runs the real demo from its sources, and provides the URLs of its page and of OTLP/HTTP. */
export async function withDemo(
  use: (demo: { url: string; httpUrl: string }) => Promise<void>,
): Promise<void> {
  await buildPage();
  await withProgram(["demo", "--no-open", ...ANY_PORTS], {}, async ({ url }) => {
    const { httpUrl } = await (await fetch(`${url}/api/kit/stats`)).json();
    await use({ url, httpUrl });
  });
}

/** Sends a request in OTLP JSON, and fails if it isn't accepted. */
export async function sendOtlp(
  httpUrl: string,
  signal: Signal,
  data: TracesData | MetricsData | LogsData,
  headers: Record<string, string> = {},
): Promise<void> {
  const response = await fetch(`${httpUrl}/v1/${signal}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(data),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`Cannot send ${signal}: ${response.status} ${answer}`);
}
