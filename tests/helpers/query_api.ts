import { ConnectionRoom } from "../../lib/collector/connection_room.ts";
import { createExportLog } from "../../lib/collector/api/export_log.ts";
import { createQueryApi, type QueryApiOptions } from "../../lib/collector/api/query_api.ts";
import { createGuests, type GuestHandlers } from "../../lib/guests/guests.ts";
import { createGuard } from "../../lib/collector/guard.ts";
import { EngineStore } from "./engine_store.ts";

/** The API's own URL. */
export const API_URL = "http://localhost:4319";

/** Creates a query API over a real store without its worker, or over the given parts. */
export function createTestApi(
  { compare, guide, ...options }: Partial<QueryApiOptions> & GuestHandlers = {},
) {
  const store = new EngineStore();
  const exports = createExportLog();
  const api = createQueryApi({
    store,
    exports,
    guard: createGuard({ hostname: "127.0.0.1" }),
    importData: () => Promise.resolve({ accepted: 0, rejected: 0, duplicated: 0 }),
    stats: (stats) => ({
      version: "1.2.3",
      startedAt: 1,
      httpUrl: "http://localhost:4318",
      grpcUrl: "http://localhost:4317",
      store: stats,
      exports: exports.counts,
      connections: new ConnectionRoom({ report: () => {} }).stats(),
    }),
    guests: createGuests({ ...compare && { compare }, ...guide && { guide } }),
    ...options,
  });
  return {
    store,
    exports,
    api,
    /** Sends a request as a program on this machine does. */
    ask(path: string, { headers, ...init }: RequestInit = {}): Promise<Response> {
      return api.fetch(new Request(`${API_URL}${path}`, { ...init, headers: withHost(headers) }));
    },
    /** The status and JSON of a GET request. */
    async read(path: string) {
      const response = await this.ask(path);
      return { status: response.status, body: await response.json() };
    },
    [Symbol.dispose]: () => api[Symbol.dispose](),
  };
}

function withHost(headers: HeadersInit = {}): Headers {
  const all = new Headers(headers);
  if (!all.has("host")) all.set("host", new URL(API_URL).host);
  return all;
}
