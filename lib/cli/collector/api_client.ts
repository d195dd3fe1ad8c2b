import type { TraceSummary } from "../../collector/model.ts";
import { connectionFailure } from "../../connection_failure.ts";
import { DEFAULT_PORTS } from "../../default_ports.ts";
import { VERSION } from "../../version.ts";
import { StartError, UsageError } from "../errors.ts";
import {
  CHANGED_LOGS,
  CHANGED_TRACES,
  checkShape,
  REFUSAL,
  type Shape,
  ShapeError,
} from "./answer_shapes.ts";
import { readLines } from "../files/read_lines.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";

/** The flag of every command that connects to a collector. */
export const UI_URL_FLAG = {
  "ui-url": {
    placeholder: "URL|PORT",
    help: `Page of the collector to read from, with ?token=... if it needs one (default ` +
      `http://127.0.0.1:${DEFAULT_PORTS.uiPort})`,
  },
} as const satisfies FlagTable;

/** An event of the live stream, with the fields that commands use. */
export type LiveEvent =
  | { name: "traces"; data: TraceSummary[] }
  | { name: "logs"; data: { count: number } }
  | { name: "resync" | "other" };

/** The collector responded that the item does not exist. */
export class NotFoundError extends StartError {
  override name = "NotFoundError";
}

/** There was no response, or not one from an otel-kit collector. */
export class UnreachableError extends StartError {
  override name = "UnreachableError";
}

/** A client of a collector's query API. */
export class ApiClient {
  /** Its URL, without the token. */
  readonly origin: string;
  readonly #headers: Record<string, string>;

  constructor(url: string) {
    const { origin, searchParams } = new URL(url);
    const token = searchParams.get("token");
    this.origin = origin;
    this.#headers = token === null ? {} : { authorization: `Bearer ${token}` };
  }

  /**
   * @throws {StartError} If there is no response, no success, or an unexpected one; the message has the reason.
   */
  async get<T>(path: string, shape: Shape<T>): Promise<T> {
    return await this.#read(await this.#fetch(path), shape);
  }

  /** @throws {StartError} Like {@linkcode get}. */
  async post<T>(path: string, body: unknown, shape: Shape<T>): Promise<T> {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", body: JSON.stringify(body), headers };
    return await this.#read(await this.#fetch(path, init), shape);
  }

  /**
   * Opens the live stream. Events arrive until the signal aborts or the collector ends.
   *
   * @throws {StartError} Like {@linkcode get}; the iteration throws it, too.
   */
  async openEvents(signal: AbortSignal): Promise<AsyncIterable<LiveEvent>> {
    const { body } = await this.#fetch("/api/kit/events", { signal });
    // The signal alone does not always close a stream that nobody has begun to read.
    signal.addEventListener("abort", () => void body!.cancel().catch(() => {}), { once: true });
    return this.#readEvents(body!, signal);
  }

  async #fetch(path: string, init: RequestInit = {}): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.origin}${path}`, {
        ...init,
        headers: { ...this.#headers, ...init.headers as Record<string, string> },
      });
    } catch (error) {
      throw this.#unreachable(error);
    }
    if (!response.headers.get("server")?.startsWith("otel-kit/")) {
      await response.body?.cancel();
      throw new UnreachableError(
        `Cannot ask ${this.origin}: the server there is not an otel-kit collector. ` +
          "Choose another address with --ui-url",
      );
    }
    if (response.ok) return response;
    const { error: reason } = await this.#read(response, REFUSAL);
    if (response.status === 404) throw new NotFoundError(reason);
    throw new StartError(`Cannot ask ${this.origin}: ${reason}`);
  }

  async #read<T>(response: Response, shape: Shape<T>): Promise<T> {
    let text: string;
    try {
      text = await response.text();
    } catch (error) {
      throw this.#unreachable(error);
    }
    return this.#parse(text, shape);
  }

  #parse<T>(text: string, shape: Shape<T>): T {
    try {
      return checkShape(shape, JSON.parse(text));
    } catch (error) {
      if (!(error instanceof ShapeError || error instanceof SyntaxError)) throw error;
      const reason = error instanceof ShapeError ? error.message : "it is not JSON";
      throw new StartError(
        `Cannot read what ${this.origin} answered: ${reason}. It may not be version ` +
          `${VERSION}: start a collector of this version, or choose another address with ` +
          "--ui-url",
        { cause: error },
      );
    }
  }

  async *#readEvents(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
    signal: AbortSignal,
  ): AsyncGenerator<LiveEvent> {
    for await (const { name, data } of eventBlocks(body, signal)) {
      if (name === "traces") yield { name, data: this.#parse(data, CHANGED_TRACES) };
      else if (name === "logs") yield { name, data: this.#parse(data, CHANGED_LOGS) };
      else yield { name: name === "resync" ? name : "other" };
    }
  }

  #unreachable(cause: unknown): UnreachableError {
    return new UnreachableError(
      `Cannot ask ${this.origin}: ${connectionFailure(cause)}. Start "otel-kit demo" or ` +
        `"otel-kit collector", or choose another address with --ui-url`,
      { cause },
    );
  }
}

/**
 * The client for the value of the flag.
 *
 * @throws {UsageError} If it is neither a URL nor a port.
 */
export function clientOf(flags: FlagValues<typeof UI_URL_FLAG>): ApiClient {
  const given = flags["ui-url"] ?? String(DEFAULT_PORTS.uiPort);
  const url = /^\d+$/.test(given) ? `http://127.0.0.1:${given}` : given;
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return new ApiClient(url);
  throw new UsageError(`Cannot use --ui-url "${given}": expected an http URL or a port`);
}

/**
 * Server-sent events: blocks of lines, each followed by an empty line. They end when the signal aborts or the
 * connection breaks.
 */
async function* eventBlocks(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): AsyncGenerator<{ name: string; data: string }> {
  const fields = new Map<string, string>();
  try {
    for await (const line of readLines(body, signal)) {
      const [, field = "", value = ""] = /^(event|data): (.*)$/.exec(line) ?? [];
      if (field) fields.set(field, value);
      if (line !== "") continue;
      const [name, data] = [fields.get("event"), fields.get("data")];
      fields.clear();
      if (name && data) yield { name, data };
    }
  } catch {
    // The signal aborted, or the connection broke: both end the stream.
  }
}
