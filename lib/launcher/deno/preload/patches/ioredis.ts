import { context, trace } from "@opentelemetry/api";
import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
} from "@opentelemetry/semantic-conventions";
import { DB_SYSTEM_NAME_VALUE_REDIS } from "@opentelemetry/semantic-conventions/incubating";
import { type RunningCall, startCall } from "../databases/client_call.ts";
import type { Patch } from "../patch.ts";

/** What is used of a command. */
interface RedisCommand {
  name: string;
  args: unknown[];
  getKeys?(): unknown[];
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** What is used of a client. */
interface RedisClient {
  status?: string;
  options?: { host?: unknown; port?: unknown; path?: unknown };
  condition?: { select?: unknown };
}

type SendCommand = (this: object, command: RedisCommand, ...others: unknown[]) => unknown;

/** While it is connected but not ready, the client sends these by itself. */
const HANDSHAKE = new Set(["auth", "client", "hello", "info", "readonly", "select"]);

/** Of a command with more arguments, the text has these. */
const MOST_ARGUMENTS = 20;

/**
 * Makes a span of each command of `npm:ioredis` 5, also of those in pipelines and of clusters, if it is part of a
 * trace: clients send others by themselves.
 */
export function createIoredisPatch(): Patch {
  const patched = new WeakSet<object>();
  return {
    name: "ioredis",
    module: /[/@]ioredis(?:[/@]\d[^/]*)?\/built\/index\.js$/,
    specifier: /^(?:npm:)?ioredis(?:@[^/]*)?$/,
    apply({ Redis }) {
      if (typeof Redis !== "function" || patched.has(Redis)) return;
      patched.add(Redis);
      const methods = Redis.prototype as { sendCommand: SendCommand };
      const { sendCommand } = methods;
      const seen = new WeakSet<object>();
      methods.sendCommand = function (command, ...others) {
        // A command that waits for the connection comes here once more.
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

/** The command keeps the only promise of its answer, and what nobody handles must remain unhandled. */
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

/** The command with its keys, and `?` in place of everything else. */
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

/** The word by which Redis names an error, such as WRONGTYPE. */
function errorPrefix(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  return /^[A-Z]+(?= )/.exec(error.message)?.[0];
}
