import type { CollectorStats } from "../../collector/model.ts";
import {
  type Collector,
  type CollectorOptions,
  createCollector,
} from "../../collector/collector.ts";
import type { LoadMcp } from "../../collector/api/mcp_route.ts";
import { ListenError } from "../../collector/listen_error.ts";
import { createGuests, type GuestHandlers } from "../../guests/guests.ts";
import { findPortHolder, nameHolder } from "../../doctor/port_holder.ts";
import type { CollectorSettings } from "../flags/collector_flags.ts";
import { within } from "../../time.ts";
import { StartError, UsageError } from "../errors.ts";
import { openForwardRoute } from "./forward.ts";
import { showProgress } from "./read_progress.ts";
import { maxOpenFiles } from "./open_files.ts";
import { createPageAssets, isPageBuilt, renderTraceHtml } from "./page_assets.ts";
import { readToken } from "./token.ts";

/** If set to 1, the collector reports its own errors with their stack. */
const DEBUG_VARIABLE = "OTEL_KIT_DEBUG";

/** Options of a command besides its flags. */
export type StartOptions =
  & Pick<CollectorOptions, "replaceTakenPorts">
  & GuestHandlers
  & {
    report: (line: string) => void;
    /** Whether to serve the page as well as the API; true by default. */
    hasPage?: boolean;
  };

/**
 * Starts the collector with the given flags.
 *
 * @throws {UsageError} If the endpoint to forward to cannot be used.
 * @throws {StartError} If a port or the file cannot be used; the message has the next step for the user.
 */
export async function startCollector(
  { forward, hostname, allowedHosts, httpPort, grpcPort, uiPort, hasMcp, ...stored }:
    CollectorSettings,
  { report, hasPage: isPageWanted = true, replaceTakenPorts = false, ...handlers }: StartOptions,
): Promise<Collector> {
  const route = forward === undefined ? undefined : await openForwardRoute(forward);
  const isOwn = route && ["localhost", "127.0.0.1", "::1", hostname].includes(route.hostname) &&
    [httpPort, grpcPort].includes(route.port);
  if (isOwn) {
    throw new UsageError(
      `Cannot use --forward "${route.url}": that is this collector. ` +
        "Give it other ports with --http-port and --grpc-port, or choose another endpoint",
    );
  }
  const token = readToken();
  const hasPage = isPageWanted && await isPageBuilt();
  if (isPageWanted && !hasPage) {
    report("The page is not built, only the API is served: run `deno task page`");
  }
  const { file, ...limits } = stored;
  try {
    using progress = file === undefined ? undefined : showProgress(file, report);
    const collector = await createCollector({
      hostname,
      ...token !== undefined && { token },
      allowedHosts,
      httpPort,
      grpcPort,
      uiPort,
      store: { ...limits, ...file !== undefined && { file }, ...progress },
      report,
      maxOpenFiles: await maxOpenFiles(),
      isDebug: Deno.env.get(DEBUG_VARIABLE) === "1",
      ...route && { forward: route },
      ...hasPage && { pageAssets: createPageAssets(), renderTraceHtml },
      ...hasMcp && { loadMcp },
      replaceTakenPorts,
      guests: createGuests(handlers),
    });
    const absent = await route?.probe();
    if (absent) {
      report(
        `Cannot forward to ${route?.url} yet: ${absent}. Up to ${
          file === undefined ? "32 MiB" : "1 GiB"
        } are queued until it is reachable`,
      );
    }
    return collector;
  } catch (error) {
    if (error instanceof ListenError) throw await listenFailure(error);
    if (file === undefined || !(error instanceof Error)) throw error;
    const reason = error.message.replace(/^Cannot use ".*" as the database: /, "");
    throw new StartError(`Cannot use --db "${file}": ${reason}`, { cause: error });
  }
}

const loadMcp: LoadMcp = async (api) => {
  const { createMcpEndpoint } = await import("../../mcp/endpoint.ts");
  const { askHandler } = await import("../../mcp/ask.ts");
  return createMcpEndpoint({ ask: askHandler(api) });
};

/** Stops all parts within the given time, and reports the results. */
export async function endCollector(
  ending: Promise<CollectorStats>,
  timeoutMillis: number,
  report: (line: string) => void,
): Promise<void> {
  const told = ending.then(
    (stats) => describeCounts(stats).forEach(report),
    (error: Error) => report(`Cannot read the final counts: ${error.message}`),
  );
  await within(timeoutMillis, told);
}

/** The results, as the final lines. */
function describeCounts({ store, exports, forward }: CollectorStats): string[] {
  const { signals, traces } = store;
  const lines = [["Spans", signals.traces], ["Data points", signals.metrics], [
    "Log records",
    signals.logs,
  ]] as const;
  const rejected = Object.values(forward?.rejectedItems ?? {}).reduce((sum, n) => sum + n, 0);
  return [
    `Requests: ${exports.accepted} accepted, ${exports.refused} refused` +
    (exports.partial > 0 ? `, ${exports.partial} accepted in part` : ""),
    ...lines.map(([items, { received, kept, evicted, rejected, duplicated }]) =>
      `${items}: ${received} received, ${kept} kept, ${evicted} evicted, ${rejected} rejected` +
      (duplicated > 0 ? `, ${duplicated} duplicated` : "")
    ),
    ...traces.evicted > 0 ? [`Traces: ${traces.kept} kept, ${traces.evicted} evicted`] : [],
    ...forward
      ? [
        `Requests forwarded to ${forward.url}: ${forward.sentRequests} sent, ` +
        `${forward.failedRequests} failed, ${forward.droppedRequests} dropped` +
        (rejected > 0 ? `, ${rejected} items in them rejected` : "") +
        (forward.failedRequests + forward.droppedRequests + rejected > 0 && forward.lastError
          ? `; last: ${forward.lastError}`
          : ""),
      ]
      : [],
  ];
}

/** The program that has the port, or why it is unknown. */
async function listenFailure(error: ListenError): Promise<StartError> {
  const port = /:(\d+): /.exec(error.message)?.[1];
  const isTaken = error.cause instanceof Deno.errors.AddrInUse && port !== undefined;
  if (!isTaken) return new StartError(error.message, { cause: error });
  const somebody = "another program, perhaps a collector";
  const holder = nameHolder(await findPortHolder(Number(port)), somebody);
  return new StartError(error.message.replace(`${somebody},`, () => holder), { cause: error });
}
