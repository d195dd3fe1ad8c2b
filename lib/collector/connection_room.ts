import { noConnections } from "../http_server/connection_counts.ts";
import type { HttpServer } from "../http_server/server.ts";
import type { ConnectionStats, PortName } from "./model.ts";

/** Files reserved for everything except connections: the program, its database, its forwarding. */
const OTHER_FILES = 64;

/** The default if the system's limit is unknown. */
const USUAL_MAX_OPEN_FILES = 1024;

/** Enough for hundreds of exporters. */
const MAX_SENDERS = 512;

/** A browser opens a few connections per page, and a live stream. */
const MAX_PAGES = 128;
const PAGE_SHARE = 1 / 8;

/** How often running out of files is reported. */
const AGAIN_AFTER_MS = 60_000;

/** The kind of client: senders of telemetry to each of two ports, or browsers of the page. */
export type Visitor = "sender" | "page";

/** Options of {@linkcode ConnectionRoom}. */
export interface ConnectionRoomOptions {
  /** The number of files and sockets that the process may open. */
  maxOpenFiles?: number | undefined;
  report: (message: string) => void;
  /** In milliseconds. */
  now?: () => number;
}

/** Distributes the files of the process among its servers, so that senders never block the page. */
export class ConnectionRoom {
  readonly #options: ConnectionRoomOptions;
  readonly #servers = new Map<PortName, HttpServer>();
  #toldAt = -Infinity;

  constructor(options: ConnectionRoomOptions) {
    this.#options = options;
  }

  /** The maximum number of connections of a server for such clients. */
  maxConnections(visitor: Visitor): number {
    const maxOpenFiles = this.#options.maxOpenFiles ?? USUAL_MAX_OPEN_FILES;
    const all = Math.max(maxOpenFiles - OTHER_FILES, maxOpenFiles / 2);
    const pages = Math.min(all * PAGE_SHARE, MAX_PAGES);
    return Math.floor(visitor === "page" ? pages : Math.min((all - pages) / 2, MAX_SENDERS));
  }

  /** Adds a server whose connections can be closed to make room for others. */
  add(port: PortName, server: HttpServer): void {
    this.#servers.set(port, server);
  }

  /** The statistics of connections to each port. */
  stats(): Record<PortName, ConnectionStats> {
    return {
      http: this.#statsOf("http"),
      grpc: this.#statsOf("grpc"),
      page: this.#statsOf("page"),
    };
  }

  /**
   * Closes the least useful connections when files run out: those of senders first, then those of the
   * page.
   */
  makeRoom(): void {
    const close = (...ports: PortName[]) =>
      ports.reduce((closed, port) => closed + (this.#servers.get(port)?.makeRoom() ?? 0), 0);
    const closed = close("http", "grpc") || close("page");
    const { report, now = Date.now, maxOpenFiles } = this.#options;
    if (now() - this.#toldAt < AGAIN_AFTER_MS) return;
    this.#toldAt = now();
    const limit = maxOpenFiles === undefined ? "" : ` (${maxOpenFiles})`;
    report(
      `Cannot open more files than the system allows${limit}: new connections wait, ` +
        `${closed} others were closed. Allow more with "ulimit -n"`,
    );
  }

  #statsOf(port: PortName): ConnectionStats {
    const server = this.#servers.get(port);
    return { open: server?.openCount ?? 0, ...server?.counts ?? noConnections() };
  }
}
