import { PREFACE } from "../../../lib/http2/connection.ts";
import { ERROR_CODE } from "../../../lib/http2/errors.ts";
import {
  FLAG,
  type Frame,
  FRAME_TYPE,
  MAX_FRAME_BYTES,
  readUint32,
} from "../../../lib/http2/frames.ts";
import { HpackDecoder } from "../../../lib/http2/hpack/decoder.ts";
import {
  concat,
  data,
  frame,
  headers as headersFrame,
  reset,
  settings,
  SETTINGS_ACK,
  uint32,
  windowUpdate,
} from "../http2_frames.ts";
import { readExactly, readFrame } from "./read_frame.ts";

const PREFACE_BYTES = new TextEncoder().encode(PREFACE);

/** https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
const INITIAL_WINDOW_SIZE = 0x4;

/** For both windows: received data is never held back. */
const OUR_WINDOW = 2 ** 31 - 1;

/** The defaults until a peer sends its settings. */
const FIRST_WINDOW = 65_535;

/** One side of an HTTP/2 connection. It does whatever the test says, even if the protocol forbids it. */
export class Http2Connection {
  readonly #connection: Deno.Conn;
  readonly #decoder = new HpackDecoder({ maxListBytes: 1024 * 1024 });
  readonly #streams = new Map<number, Http2Stream>();
  readonly #opened: Http2Stream[] = [];
  /** The frame that begins the header block, and the fragments received so far. */
  #head: Frame | undefined;
  #block = new Uint8Array();
  #window = FIRST_WINDOW;
  #streamWindow = FIRST_WINDOW;
  #lastOpened = -1;
  #written: Promise<unknown> = Promise.resolve();
  #changed = Promise.withResolvers<void>();
  #isEnded = false;

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
    // Otherwise small frames wait for each other.
    if ("setNoDelay" in connection) (connection as Deno.TcpConn).setNoDelay(true);
    // Both windows at their maximum: part of the connection's window is already open.
    this.write(settings({ [INITIAL_WINDOW_SIZE]: OUR_WINDOW }));
    this.write(windowUpdate(0, OUR_WINDOW - FIRST_WINDOW));
  }

  /** The server's side; undefined if the client disconnects or speaks another protocol. */
  static async serve(connection: Deno.Conn): Promise<Http2Connection | undefined> {
    const served = new Http2Connection(connection);
    const preface = await readExactly(connection, PREFACE_BYTES.length);
    if (preface?.every((byte, index) => byte === PREFACE_BYTES[index])) {
      served.#read();
      return served;
    }
    // Closing with unread data would discard data that the client hasn't read yet.
    while (preface && await readExactly(connection, 1));
    served.close();
    return undefined;
  }

  /** The client's side. */
  static async open(connection: Deno.Conn): Promise<Http2Connection> {
    await connection.write(PREFACE_BYTES);
    const opened = new Http2Connection(connection);
    opened.#read();
    return opened;
  }

  /** The next stream that the peer opens; undefined if the connection ends first. */
  async accept(): Promise<Http2Stream | undefined> {
    await this.waitUntil(() => this.#opened.length > 0);
    return this.#opened.shift();
  }

  /** Opens a stream. */
  request(headers: Record<string, string>): Http2Stream {
    this.#lastOpened += 2;
    const stream = new Http2Stream(this, this.#lastOpened);
    this.#streams.set(stream.id, stream);
    stream.sendHeaders(headers);
    return stream;
  }

  /** Sends GOAWAY. */
  goAway(lastStream: number, code: number = ERROR_CODE.NO_ERROR): Promise<void> {
    return this.write(frame(FRAME_TYPE.GOAWAY, 0, 0, [...uint32(lastStream), ...uint32(code)]));
  }

  /** Sends a frame after the earlier ones. Does nothing if the peer is gone. */
  write(bytes: Uint8Array): Promise<void> {
    const written = this.#written.then(async () => {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#connection.write(bytes.subarray(sent));
      }
    }).catch(() => this.close());
    this.#written = written;
    return written;
  }

  /** Sends data as the peer's flow control allows. */
  async writeData(stream: Http2Stream, bytes: Uint8Array, isEnd: boolean): Promise<void> {
    let sent = 0;
    do {
      const room = () => Math.min(this.#window, this.#streamWindow + stream.windowChange);
      await this.waitUntil(() => room() > 0 || stream.isGone);
      if (room() <= 0) return;
      const part = bytes.subarray(sent, sent + Math.min(room(), MAX_FRAME_BYTES));
      sent += part.length;
      this.#window -= part.length;
      stream.windowChange -= part.length;
      await this.write(data(stream.id, part, isEnd && sent === bytes.length));
    } while (sent < bytes.length);
  }

  /** Resolves when received data makes the condition true, or the connection ends. */
  async waitUntil(isTrue: () => boolean): Promise<void> {
    while (!this.#isEnded && !isTrue()) await this.#changed.promise;
  }

  /** Closes the connection once everything is written. */
  async end(): Promise<void> {
    await this.#written;
    this.close();
  }

  /** Closes the connection. */
  close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    try {
      this.#connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
    for (const stream of this.#streams.values()) stream.isEnded = stream.isGone = true;
    this.#changed.resolve();
  }

  async #read(): Promise<void> {
    for (let frame; (frame = await readFrame(this.#connection));) {
      this.#take(frame);
      const { resolve } = this.#changed;
      this.#changed = Promise.withResolvers();
      resolve();
    }
    this.close();
  }

  #take(taken: Frame): void {
    const { type, flags, streamId, payload } = taken;
    const stream = this.#streams.get(streamId);
    switch (type) {
      case FRAME_TYPE.HEADERS:
      case FRAME_TYPE.CONTINUATION:
        return this.#takeBlock(taken);
      case FRAME_TYPE.DATA:
        stream?.chunks.push(withoutPadding(taken));
        if (stream && flags & FLAG.END_STREAM) stream.isEnded = true;
        return;
      case FRAME_TYPE.RST_STREAM:
        return stream?.take({ resetCode: readUint32(payload, 0) });
      case FRAME_TYPE.WINDOW_UPDATE:
        if (stream) stream.windowChange += readUint32(payload, 0);
        else if (streamId === 0) this.#window += readUint32(payload, 0);
        return;
      case FRAME_TYPE.SETTINGS:
        if (flags & FLAG.ACK) return;
        for (let at = 0; at < payload.length; at += 6) {
          if (payload[at + 1] === INITIAL_WINDOW_SIZE) {
            this.#streamWindow = readUint32(payload, at + 2);
          }
        }
        return void this.write(SETTINGS_ACK);
      case FRAME_TYPE.PING:
        if (!(flags & FLAG.ACK)) this.write(frame(FRAME_TYPE.PING, FLAG.ACK, 0, payload));
    }
  }

  #takeBlock(part: Frame): void {
    const { flags, streamId } = this.#head ??= part;
    this.#block = concat([this.#block, withoutPadding(part)]);
    if (!(part.flags & FLAG.END_HEADERS)) return;
    const headers = Object.fromEntries(this.#decoder.decode(this.#block));
    this.#head = undefined;
    this.#block = new Uint8Array();
    let stream = this.#streams.get(streamId);
    if (!stream) {
      stream = new Http2Stream(this, streamId);
      this.#streams.set(streamId, stream);
      this.#opened.push(stream);
    }
    stream.take({ headers });
    if (flags & FLAG.END_STREAM) stream.isEnded = true;
  }
}

/** A request with its answer. */
export class Http2Stream {
  readonly #connection: Http2Connection;
  readonly id: number;
  /** The headers that the peer sent. */
  headers: Record<string, string> | undefined;
  /** The trailers that the peer sent. */
  trailers: Record<string, string> | undefined;
  readonly chunks: Uint8Array[] = [];
  resetCode: number | undefined;
  /** The peer sends no more data. */
  isEnded = false;
  /** The peer accepts no more data either. */
  isGone = false;
  /** The change to the initial send window. */
  windowChange = 0;

  constructor(connection: Http2Connection, id: number) {
    this.#connection = connection;
    this.id = id;
  }

  /** Records what the peer sent. */
  take({ headers, resetCode }: { headers?: Record<string, string>; resetCode?: number }): void {
    if (headers && this.headers) this.trailers = headers;
    else if (headers) this.headers = headers;
    if (resetCode === undefined) return;
    this.resetCode = resetCode;
    this.isEnded = this.isGone = true;
  }

  /** Resolves with the whole body once the peer is done or gone. */
  async body(): Promise<Uint8Array> {
    await this.#connection.waitUntil(() => this.isEnded);
    return new Uint8Array(await new Blob(this.chunks as BlobPart[]).arrayBuffer());
  }

  /** Sends headers, or trailers. */
  sendHeaders(headers: Record<string, string>, { isEnd = false } = {}): Promise<void> {
    return this.#connection.write(
      headersFrame(this.id, { fields: Object.entries(headers), isEnd }),
    );
  }

  /** Sends a part of the body. */
  sendData(bytes: Uint8Array, { isEnd = false } = {}): Promise<void> {
    return this.#connection.writeData(this, bytes, isEnd);
  }

  /** Sends RST_STREAM. */
  reset(code: number): Promise<void> {
    return this.#connection.write(reset(this.id, code));
  }
}

/** The content of a DATA or HEADERS frame, without padding. */
function withoutPadding({ type, flags, payload }: Frame): Uint8Array {
  if (type === FRAME_TYPE.CONTINUATION) return payload;
  const padding = flags & FLAG.PADDED ? payload[0]! : 0;
  const start = (flags & FLAG.PADDED ? 1 : 0) +
    (type === FRAME_TYPE.HEADERS && flags & FLAG.PRIORITY ? 5 : 0);
  return payload.subarray(start, payload.length - padding);
}
