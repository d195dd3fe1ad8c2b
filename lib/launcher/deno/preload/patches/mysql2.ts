import { inThisContext, type RunningCall } from "../databases/client_call.ts";
import { startSqlCall } from "../databases/sql_call.ts";
import { builtinModule } from "../node_builtins.ts";
import { acceptEachClassOnce, type Patch } from "../patch.ts";

type Method = (this: object, ...args: unknown[]) => unknown;

/** The part of a connection that is used here. */
interface MysqlConnection {
  config?: { host?: unknown; port?: unknown; socketPath?: unknown; database?: unknown };
}

/** The object that a connection returns for a running statement. */
interface MysqlCommand {
  onResult?: ((error: unknown, ...results: unknown[]) => unknown) | undefined;
  once(event: string | symbol, listener: (error: unknown) => void): void;
}

/** The methods that start a statement. */
const STATEMENTS = ["query", "execute"] as const;

/** Creates a span for each statement of `npm:mysql2` 3, with callbacks or promises. */
export function createMysql2Patch(): Patch {
  const isNew = acceptEachClassOnce();
  return {
    name: "mysql2",
    module: /[/@]mysql2(?:[/@]\d[^/]*)?\/(?:index|lib\/connection|lib\/pool)\.js$/,
    specifier: /^(?:npm:)?mysql2(?:@[^/]*)?(?:\/promise(?:\.js)?)?$/,
    subpath: /\/promise(?:\.js)?$/,
    apply(exports) {
      // Some modules export a single class.
      const { Connection, Pool }: Record<string, unknown> = typeof exports === "function"
        ? { [(exports as { name: string }).name]: exports }
        : exports;
      if (isNew(Connection)) {
        const connections = Connection.prototype as Record<string, Method>;
        // With promises, a class of the same name calls this one.
        const isItself = "addCommand" in connections;
        for (const name of isItself ? STATEMENTS : []) watchStatements(connections, name);
      }
      if (isNew(Pool)) keepContext(Pool.prototype as Record<"getConnection", Method>);
    },
  };
}

function watchStatements(connections: Record<string, Method>, name: string): void {
  const original = connections[name];
  if (!original) return;
  connections[name] = function (...args) {
    const sql = textOf(args[0]);
    if (sql === undefined) return original.apply(this, args);
    const { host, port, socketPath, database } = (this as MysqlConnection).config ?? {};
    const server = socketPath ? { address: socketPath } : { address: host, port };
    const call = startSqlCall({ sql, system: "mysql", database, server });
    try {
      const command = original.apply(this, args);
      watchCommand(call, command as MysqlCommand);
      return command;
    } catch (error) {
      call.fail(error);
      throw error;
    }
  };
}

function textOf(statement: unknown): string | undefined {
  if (typeof statement === "string") return statement;
  const { sql } = (statement ?? {}) as { sql?: unknown };
  return typeof sql === "string" ? sql : undefined;
}

/**
 * Ends the call with the command, which passes an error to its callback, or to listeners if it has
 * none.
 */
function watchCommand(call: RunningCall, command: MysqlCommand): void {
  let isOver = false;
  const finish = (error?: unknown) => {
    if (isOver) return;
    isOver = true;
    if (error) call.fail(error, codeOf(error));
    else call.end();
  };
  const callback = inThisContext(command.onResult);
  if (typeof callback === "function") {
    command.onResult = function (error, ...results) {
      finish(error);
      return callback.call(this, error, ...results);
    };
    return;
  }
  command.once("end", () => finish());
  command.once(builtinModule("node:events").errorMonitor, finish);
}

/** The server's number for an error; the client's own errors have none. */
function codeOf(error: unknown): string | undefined {
  const { errno, sqlState } = (error ?? {}) as { errno?: unknown; sqlState?: unknown };
  return typeof errno === "number" && sqlState !== undefined ? String(errno) : undefined;
}

/**
 * Keeps the context of the caller that waits for a connection: a reused connection comes in the
 * context of its last user.
 */
function keepContext(pools: Record<"getConnection", Method>): void {
  const { getConnection } = pools;
  pools.getConnection = function (callback, ...others) {
    return getConnection.call(this, inThisContext(callback), ...others);
  };
}
