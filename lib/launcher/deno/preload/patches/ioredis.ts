import { context, trace } from "@opentelemetry/api";
import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
} from "@opentelemetry/semantic-conventions";
import { DB_SYSTEM_NAME_VALUE_REDIS } from "@opentelemetry/semantic-conventions/incubating";
import { type RunningCall, startCall } from "../databases/client_call.ts";
import { acceptEachClassOnce, type Patch } from "../patch.ts";

/** The part of a command that is used here. */
interface RedisCommand {
  name: string;
  args: unknown[];
  getKeys?(): unknown[];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The part of a client that is used here. */
interface RedisClient {
  status?: string;
  options?: { host?: unknown; port?: unknown; path?: unknown };
  condition?: { select?: unknown };
}

type SendCommand = (this: object, command: RedisCommand, ...others: unknown[]) => unknown;

/** Commands that the client sends by itself while it is connected but not ready. */
const HANDSHAKE = new Set(["auth", "client", "hello", "info", "readonly", "select"]);

/** The maximum number of arguments in the text of a command. */
const MOST_ARGUMENTS = 20;

/**
 * Creates a span for each command of `npm:ioredis` 5, including those in pipelines and clusters, if
 * the command is part of a trace: clients send others by themselves.
 */
export function createIoredisPatch(): Patch {
  const isNew = acceptEachClassOnce();
  return {
    name: "ioredis",
    module: /[/@]ioredis(?:[/@]\d[^/]*)?\/built\/index\.js$/,
    specifier: /^(?:npm:)?ioredis(?:@[^/]*)?$/,
    apply({ Redis }) {
      if (!isNew(Redis)) return;
      const methods = Redis.prototype as { sendCommand: SendCommand };
      const { sendCommand } = methods;
      const seen = new WeakSet<object>();
      methods.sendCommand = function (command, ...others) {
        // A command that waited for the connection gets here a second time.
        if (!seen.has(command) && isPartOfTrace(this, command)) {
          seen.add(command);
          follow(command, startRedisCall(this, command));
        }
        return sendCommand.call(this, command, ...others);
      };
    },
  };
}

function isPartOfTrace({ status }: RedisClient, { name }: RedisCommand): boolean {
  if (status === "connect" && HANDSHAKE.has(name)) return false;
  return trace.getSpan(context.active()) !== undefined;
}

/**
 * Ends the call with the command. It wraps the command's callbacks instead of using its promise, so
 * that an unhandled rejection stays unhandled.
 */
function follow(command: RedisCommand, call: RunningCall): void {
  const { resolve, reject } = command;
  command.resolve = function (value) {
    call.end();
    return resolve.call(this, value);
  };
  command.reject = function (error) {
    call.fail(error, errorPrefix(error));
    return reject.call(this, error);
  };
}

function startRedisCall({ options = {}, condition }: RedisClient, command: RedisCommand) {
  const { host, port, path } = options;
  const server = typeof path === "string" ? { address: path } : { address: host, port };
  const place = typeof path === "string" ? path : `${host}:${port}`;
  const database = condition?.select;
  return startCall({
    name: `${command.name} ${place}`,
    attributes: {
      [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_REDIS,
      [ATTR_DB_OPERATION_NAME]: command.name,
      [ATTR_DB_QUERY_TEXT]: textOf(command),
      ...database !== undefined && { [ATTR_DB_NAMESPACE]: String(database) },
    },
    server,
  });
}

/** The command with its keys, and `?` instead of everything else. */
function textOf(command: RedisCommand): string {
  const keys = new Set(keysOf(command));
  const words = command.args.flat().slice(0, MOST_ARGUMENTS)
    .map((arg) => typeof arg === "string" && keys.has(arg) ? arg : "?");
  return [command.name, ...words].join(" ");
}

function keysOf(command: RedisCommand): unknown[] {
  try {
    return command.getKeys?.() ?? [];
  } catch {
    return []; // Not every command has keys.
  }
}

/** Redis's code for an error, such as WRONGTYPE. */
function errorPrefix(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  return /^[A-Z]+(?= )/.exec(error.message)?.[0];
}
