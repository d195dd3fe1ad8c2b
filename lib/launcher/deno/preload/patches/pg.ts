import { inThisContext, type RunningCall, settled } from "../databases/client_call.ts";
import { startSqlCall } from "../databases/sql_call.ts";
import { builtinModule } from "../node_builtins.ts";
import { acceptEachClassOnce, type Patch } from "../patch.ts";

type Method = (this: object, ...args: unknown[]) => unknown;

/** The part of a client that is used here. */
interface PgClient {
  host?: unknown;
  port?: unknown;
  database?: unknown;
}

/** A query that the program created itself, such as a cursor. */
interface PgQuery {
  submit(): void;
  text?: unknown;
  cursor?: { text?: unknown };
  once(event: string | symbol, listener: (error: unknown) => void): void;
}

/** Creates a span for each query of `npm:pg` 8. */
export function createPgPatch(): Patch {
  const isNew = acceptEachClassOnce();
  return {
    name: "pg",
    module: /[/@]pg(?:[/@]\d[^/]*)?\/lib\/index\.js$/,
    specifier: /^(?:npm:)?pg(?:@[^/]*)?$/,
    apply({ Client, Pool }) {
      if (isNew(Client)) watchQueries(Client.prototype as Record<"query", Method>);
      if (isNew(Pool)) keepContext(Pool.prototype as Record<"connect", Method>);
    },
  };
}

function watchQueries(clients: Record<"query", Method>): void {
  const { query } = clients;
  clients.query = function (...args) {
    const sql = textOf(args[0]);
    if (sql === undefined) return query.apply(this, args);
    const { host, port, database } = this as PgClient;
    const server = { address: host, port };
    const call = startSqlCall({ sql, system: "postgresql", database, server });
    try {
      return follow(call, args, (args) => query.apply(this, args));
    } catch (error) {
      call.fail(error);
      throw error;
    }
  };
}

function textOf(query: unknown): string | undefined {
  if (typeof query === "string") return query;
  if (typeof query !== "object" || query === null) return undefined;
  const { text, cursor } = query as Partial<PgQuery>;
  const found = text ?? cursor?.text;
  return typeof found === "string" ? found : "";
}

/** Ends the call when the query is done, however the program is notified. */
function follow(call: RunningCall, args: unknown[], run: (args: unknown[]) => unknown): unknown {
  if (isQuery(args[0])) {
    watchQuery(call, args[0]);
    return run(args);
  }
  const place = args.findIndex((arg) => typeof arg === "function");
  const callback = inThisContext(args[place]);
  if (typeof callback === "function") {
    return run(args.with(place, (error: unknown, result: unknown) => {
      if (error) call.fail(error, sqlState(error));
      else call.end();
      callback(error, result);
    }));
  }
  const config = args[0] as { callback?: unknown };
  const returned = run(args);
  if (returned instanceof Promise) return settled(call, returned, sqlState);
  // The callback is part of the query's configuration.
  if (typeof config?.callback === "function") call.end();
  return returned;
}

function isQuery(value: unknown): value is PgQuery {
  return typeof (value as Partial<PgQuery> | null)?.submit === "function" &&
    typeof (value as Partial<PgQuery>).once === "function";
}

/** Ends the call with the program's own query, without changing how the query works. */
function watchQuery(call: RunningCall, query: PgQuery): void {
  let isOver = false;
  const finish = (error?: unknown) => {
    if (isOver) return;
    isOver = true;
    if (error) call.fail(error, sqlState(error));
    else call.end();
  };
  query.once("end", () => finish());
  query.once("close", () => finish());
  query.once(builtinModule("node:events").errorMonitor, finish);
}

/** PostgreSQL's five-character code for an error. */
function sqlState(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/**
 * Keeps the context of the caller that waits for a client: a reused client comes in the context of
 * its last user.
 */
function keepContext(pools: Record<"connect", Method>): void {
  const { connect } = pools;
  pools.connect = function (callback, ...others) {
    return connect.call(this, inThisContext(callback), ...others);
  };
}
