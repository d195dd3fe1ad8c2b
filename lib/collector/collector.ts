import { DEFAULT_PORTS } from "../default_ports.ts";
import { BodyDecoder } from "./decode/body_decoder.ts";
import { urlHost } from "../host.ts";
import { fetchHandler } from "../http_server/fetch_handler.ts";
import { serveHttp } from "../http_server/serve_http.ts";
import { within } from "../time.ts";
import { VERSION } from "../version.ts";
import { createExportLog } from "./api/export_log.ts";
import type { Guest } from "./api/guest.ts";
import type { CollectorStats, StoreStats, TraceFile } from "./model.ts";
import type { LoadMcp } from "./api/mcp_route.ts";
import type { PageAssets } from "./api/page.ts";
import { createQueryApi, type QueryApi } from "./api/query_api.ts";
import { ConnectionRoom } from "./connection_room.ts";
import { createFaultReport, type ReportFault } from "./fault_report.ts";
import { DatabaseReport } from "./store/database_report.ts";
import { DiskQueue, forwardQueueFile, MAX_QUEUED_ON_DISK_BYTES } from "./forward/disk_queue.ts";
import { Forwarder, type ForwarderOptions } from "./forward/forwarder.ts";
import { forwardingStore } from "./forward/forwarding_store.ts";
import { createGuard, createToken, isLoopback } from "./guard.ts";
import { listenOn, retryOnFreePort } from "./listen_error.ts";
import { Admission } from "./receivers/admission.ts";
import { createGrpcReceiver } from "./receivers/grpc_receiver.ts";
import { createHttpReceiver } from "./receivers/http_receiver.ts";
import { limitsOf, type ReceiverOptions } from "./receivers/receiver_options.ts";
import { type RunningServer, runningServer } from "./running_server.ts";
import { openStore } from "./store/worker/open_store.ts";
import type { StoreOptions } from "./store/store.ts";
import { importLines } from "./transfer/import_lines.ts";

/** Options of {@linkcode createCollector}. */
export interface CollectorOptions {
  /** The token for other machines; by default, a new one. */
  token?: string;
  /** The address to listen on; other machines need a token. */
  hostname?: string;
  /** More hosts to which telemetry may be sent; see {@linkcode GuardOptions}. */
  allowedHosts?: readonly string[];
  /** 0 means any free port. */
  httpPort?: number;
  grpcPort?: number;
  /** The port of the page and the query API. */
  uiPort?: number;
  /** Uses a free port if another program has the requested one. */
  replaceTakenPorts?: boolean;
  store: StoreOptions;
  /** Where to forward received telemetry. */
  forward?: Omit<ForwarderOptions, "report">;
  /** Receives messages for the user. */
  report?: (message: string) => void;
  /** The number of files and sockets that the process may open; 1024 if unknown. */
  maxOpenFiles?: number | undefined;
  /** Whether the collector's own errors are reported with their stack. */
  isDebug?: boolean;
  pageAssets?: PageAssets;
  renderTraceHtml?: (trace: TraceFile) => string | Promise<string>;
  /** Loads the code that answers `/mcp` on the page's port; if unset, there is no such path. */
  loadMcp?: LoadMcp;
  /** Additions by other parts of the program to the page's port. */
  guests?: readonly Guest[];
}

/** A running collector. */
export interface Collector extends AsyncDisposable {
  /** Receives OTLP over HTTP. */
  httpUrl: string;
  /** Receives OTLP over gRPC. */
  grpcUrl: string;
  /** Serves the page and the query API. */
  uiUrl: string;
  /** The token for other machines; undefined if only this one can connect. */
  token: string | undefined;
  /** Counts of received, stored, evicted and forwarded items so far. */
  stats(): Promise<CollectorStats>;
  /**
   * Accepts no new requests, finishes those in flight, flushes the forwarding queue within the given time, and
   * closes the store. Resolves with the final counts.
   */
  shutdown(timeoutMillis?: number): Promise<CollectorStats>;
}

const DEFAULT_HOSTNAME = "127.0.0.1";
const SHUTDOWN_TIMEOUT_MS = 5000;

/**
 * Starts a collector: receivers, store, query API and page.
 *
 * @throws {ListenError} If an address is not available.
 * @throws {Error} If the store's file cannot be used.
 */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  const { hostname = DEFAULT_HOSTNAME, report = () => {}, isDebug = false } = options;
  const { pageAssets, renderTraceHtml, loadMcp, guests } = options;
  await using started = new AsyncDisposableStack();
  const store = started.use(await openStore({ onNotice: report, ...options.store }));
  const forwarder = options.forward && createForwarder(options.forward, options.store.file, report);
  if (forwarder) started.defer(() => forwarder.shutdown(0));
  const database = new DatabaseReport(report);
  const watched = options.store.file === undefined ? store : database.watch(store);
  const intake = forwarder ? forwardingStore(watched, forwarder) : watched;
  const token = isLoopback(urlHost(hostname)) ? undefined : options.token ?? createToken();
  const guard = createGuard({
    hostname,
    allowedHosts: options.allowedHosts ?? [],
    ...token !== undefined && { token },
  });
  const exports = createExportLog();
  const { maxBodyBytes, maxPendingBytes } = limitsOf(options.store);
  const admission = new Admission(intake, { maxPendingBytes });
  const decoder = started.use(new BodyDecoder());
  const reportFault = database.without(createFaultReport({ report, isDebug }));
  const room = new ConnectionRoom({ maxOpenFiles: options.maxOpenFiles, report });
  const startedAt = Date.now();

  const receiving = {
    hostname,
    store: intake,
    decoder,
    admission,
    maxBodyBytes,
    exports,
    guard,
    report,
    reportFault,
    room,
  };
  const { http, grpc } = await startReceivers(started, receiving, options);
  const stats = (stored: StoreStats): CollectorStats => ({
    version: VERSION,
    startedAt,
    httpUrl: http.url,
    grpcUrl: grpc.url,
    store: stored,
    exports: { ...exports.counts },
    connections: room.stats(),
    ...forwarder && { forward: forwarder.stats },
  });
  const queryApi = started.use(createQueryApi({
    store,
    exports,
    stats,
    guard,
    reportFault,
    importData: (file) => importLines(intake, decoder, file),
    ...pageAssets && { pageAssets },
    ...renderTraceHtml && { renderTraceHtml },
    ...loadMcp && { loadMcp },
    ...guests && { guests },
  }));
  const ui = started.use(
    await listen(
      options,
      options.uiPort ?? DEFAULT_PORTS.uiPort,
      (port) => servePage(queryApi, { hostname, port, report, reportFault, room }),
    ),
  );
  const readStats = async () => stats(await store.stats());
  return runningCollector({ http, grpc, ui, token, forwarder, readStats, all: started.move() });
}

/** With a file, the queue is in another file beside it. */
function createForwarder(
  options: Omit<ForwarderOptions, "report">,
  file: string | undefined,
  report: (message: string) => void,
): Forwarder {
  if (file === undefined) return new Forwarder({ ...options, report });
  const queue = new DiskQueue(forwardQueueFile(file), MAX_QUEUED_ON_DISK_BYTES);
  return new Forwarder({ ...options, report, queue, maxQueuedBytes: MAX_QUEUED_ON_DISK_BYTES });
}

/** Starts both receivers. Each directs senders that use the wrong port to the other one. */
async function startReceivers(
  started: AsyncDisposableStack,
  receiving: Omit<ReceiverOptions, "otherPort"> & { hostname: string; room: ConnectionRoom },
  options: CollectorOptions,
): Promise<{ http: RunningServer; grpc: RunningServer }> {
  const { httpPort = DEFAULT_PORTS.httpPort, grpcPort = DEFAULT_PORTS.grpcPort } = options;
  const http: RunningServer = started.use(
    await listen(
      options,
      httpPort,
      (port) => createHttpReceiver({ ...receiving, port, otherPort: () => grpc.port }),
    ),
  );
  const grpc: RunningServer = started.use(
    await listen(
      options,
      grpcPort,
      (port) => createGrpcReceiver({ ...receiving, port, otherPort: () => http.port }),
    ),
  );
  return { http, grpc };
}

/** Creates a server on the port, or on a free port if it is taken and may be replaced. */
async function listen(
  { replaceTakenPorts = false }: Pick<CollectorOptions, "replaceTakenPorts">,
  port: number,
  create: (port: number) => RunningServer,
): Promise<RunningServer> {
  return replaceTakenPorts ? await retryOnFreePort(port, create) : create(port);
}

/** The parts of a running collector. */
interface RunningParts {
  http: RunningServer;
  grpc: RunningServer;
  ui: RunningServer;
  token: string | undefined;
  forwarder: Forwarder | undefined;
  readStats: () => Promise<CollectorStats>;
  /** All servers, and the parts that they depend on. */
  all: AsyncDisposableStack;
}

/** The handle of a collector; further shutdowns wait for the first one. */
function runningCollector(
  { http, grpc, ui, token, forwarder, readStats, all }: RunningParts,
): Collector {
  let ending: Promise<CollectorStats> | undefined;
  async function end(timeoutMillis: number): Promise<CollectorStats> {
    const deadline = Date.now() + timeoutMillis;
    const remaining = () => Math.max(deadline - Date.now(), 1);
    // A sender that never completes its request must not prevent the final counts.
    await within(remaining() / 2, Promise.all([http.shutdown(), grpc.shutdown()]));
    await forwarder?.shutdown(remaining());
    const last = await readStats();
    await within(remaining(), all.disposeAsync());
    return last;
  }
  const shutdown = (timeoutMillis = SHUTDOWN_TIMEOUT_MS) => ending ??= end(timeoutMillis);

  return {
    httpUrl: http.url,
    grpcUrl: grpc.url,
    uiUrl: ui.url,
    token,
    stats: readStats,
    shutdown,
    async [Symbol.asyncDispose]() {
      await shutdown();
    },
  };
}

function servePage(
  queryApi: QueryApi,
  { hostname, port, report, reportFault, room }: {
    hostname: string;
    port: number;
    report: (message: string) => void;
    reportFault: ReportFault;
    room: ConnectionRoom;
  },
): RunningServer {
  const listeners = listenOn({ hostname, port, portFlag: "--ui-port", report });
  const server = serveHttp(listeners, {
    handler: fetchHandler((request) => queryApi.fetch(request)),
    limits: { connections: room.maxConnections("page") },
    onExhausted: () => room.makeRoom(),
    onFault: (error) => reportFault("serve a connection of the page", error),
  });
  room.add("page", server);
  return runningServer(listeners[0].addr, () => {
    const closed = server.shutdown();
    // Open live streams would keep the server running.
    queryApi[Symbol.dispose]();
    return closed;
  });
}
