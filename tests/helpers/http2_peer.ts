import { setImmediate } from "node:timers";
import { Connection } from "../../lib/http2/connection.ts";
import type { Frame } from "../../lib/http2/frames.ts";
import type { HttpHandler } from "../../lib/http/handler.ts";
import { ByteBudget } from "../../lib/http2/limits.ts";
import { DEFAULT_LIMITS, type HttpLimits } from "../../lib/http/limits.ts";
import { AnswerReader, concat, readFrames, START } from "./http2_frames.ts";

/** Echoes the request. */
export const echo: HttpHandler = async ({ method, path, body }) => {
  const parts: Uint8Array[] = [];
  await body.read((part) => void parts.push(part.slice()));
  const headers = { "content-type": "text/plain", "x-request": `${method} ${path}` };
  return { status: 200, headers, body: concat(parts), trailers: { "x-end": "yes" } };
};

/** Options of a {@linkcode Peer}. */
export interface PeerOptions {
  handler?: HttpHandler;
  limits?: Partial<HttpLimits>;
}

/** Acts as the client of a connection that has no socket. */
export class Peer {
  readonly connection: Connection;
  /** All frames sent to the client. */
  readonly frames: Frame[] = [];
  readonly faults: unknown[] = [];
  readonly limits: HttpLimits;
  readonly headerBudget: ByteBudget;
  readonly #reader = new AnswerReader();
  #unread = new Uint8Array();

  constructor({ handler = echo, limits = {} }: PeerOptions = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits };
    this.headerBudget = new ByteBudget(this.limits.heldHeaderBytes);
    this.connection = new Connection({
      handler,
      limits: this.limits,
      peer: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
      headerBudget: this.headerBudget,
      onOutput: () => {},
      onFault: (error) => void this.faults.push(error),
    });
  }

  /** A peer whose connection is open: both sides have sent their settings. */
  static async open(options?: PeerOptions): Promise<Peer> {
    const peer = new Peer(options);
    await peer.send(START);
    return peer;
  }

  /** Sends bytes, and returns the resulting frames, including those from handlers. */
  async send(...parts: Uint8Array[]): Promise<Frame[]> {
    this.#unread = concat([this.#unread, ...parts]);
    this.#receive();
    return await this.settle();
  }

  /** Advances time by this many seconds. */
  async wait(seconds: number): Promise<Frame[]> {
    for (let i = 0; i < seconds; i++) this.connection.tick();
    return await this.settle();
  }

  /** Lets handlers continue, and returns the frames sent meanwhile. */
  async settle(): Promise<Frame[]> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#receive();
    const frames = readFrames(this.connection.takeOutput());
    this.frames.push(...frames);
    this.#reader.read(frames);
    return frames;
  }

  #receive(): void {
    do this.#unread = this.#unread.slice(this.connection.receive(this.#unread)); while (
      this.connection.isInterrupted
    );
  }

  /** The answers so far, by stream. */
  get answers() {
    return this.#reader.answers;
  }
}
