import { DEFAULT_PORTS } from "../../default_ports.ts";
import type { GuideHandlers } from "../../guests/guide.ts";
import type { Collector } from "../../collector/collector.ts";
import { type Backends, embeddedBackends } from "../../workshop/backends/backends.ts";
import { ADDRESSES } from "../collector/answer_shapes.ts";
import { ApiClient, UnreachableError } from "../collector/api_client.ts";
import { type CollectorSettings, readCollectorFlags } from "../flags/collector_flags.ts";
import { StartError } from "../errors.ts";
import { BrokenEnvironmentError } from "./exit_codes.ts";
import { type GivenGuideFlags, isExternal, readAddresses } from "./guide_flags.ts";

/** The servers that a step checks. */
export interface Servers extends AsyncDisposable {
  backends: Backends;
  /** The collector that was started for this command; undefined if another one is used. */
  own?: Collector;
}

/** Options of {@linkcode openServers}. */
export interface ServersOptions {
  /** Whether to start a collector if none is running; otherwise only its address is used. */
  isStarting: boolean;
  report: (line: string) => void;
  /** Shown on the page of a started collector. */
  guide?: GuideHandlers;
}

/**
 * Finds the servers that the flags name. The embedded backend is the collector that is running at the page's
 * port, or a new one for the duration of the command.
 *
 * @throws {UsageError} If the flags are invalid.
 * @throws {BrokenEnvironmentError} If a collector is required and can't be started.
 */
export async function openServers(
  flags: GivenGuideFlags,
  { isStarting, report, guide }: ServersOptions,
): Promise<Servers> {
  if (isExternal(flags)) {
    return { ...readAddresses(flags), async [Symbol.asyncDispose]() {} };
  }
  const settings = readCollectorFlags(flags, DEFAULT_PORTS);
  const running = settings.uiPort === 0 ? undefined : await findCollector(settings.uiPort);
  if (running) return { backends: running, async [Symbol.asyncDispose]() {} };
  if (!isStarting) {
    const [httpUrl, grpcUrl, uiUrl] = [settings.httpPort, settings.grpcPort, settings.uiPort]
      .map((port) => `http://127.0.0.1:${port}`) as [string, string, string];
    const backends = embeddedBackends({ httpUrl, grpcUrl, uiUrl });
    return { backends, async [Symbol.asyncDispose]() {} };
  }
  const own = await startOwn(settings, report, guide);
  return {
    backends: embeddedBackends(own),
    own,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

async function startOwn(
  settings: CollectorSettings,
  report: (line: string) => void,
  guide: GuideHandlers | undefined,
): Promise<Collector> {
  const { startCollector } = await import("../collector/start_collector.ts");
  try {
    const hasPage = guide !== undefined;
    return await startCollector(settings, { report, hasPage, ...guide && { guide } });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const message = `${error.message}\n` +
      "If these are your Collector, Jaeger, Zipkin, and Prometheus, add --backend external";
    throw new BrokenEnvironmentError(message, { cause: error });
  }
}

/** The otel-kit collector whose page is at a port. */
async function findCollector(uiPort: number): Promise<Backends | undefined> {
  const uiUrl = `http://127.0.0.1:${uiPort}`;
  try {
    const { httpUrl, grpcUrl } = await new ApiClient(uiUrl).get("/api/kit/stats", ADDRESSES);
    return embeddedBackends({ httpUrl, grpcUrl, uiUrl });
  } catch (error) {
    if (error instanceof UnreachableError) return undefined;
    throw error;
  }
}
