import { encodeFrame, ERROR_CODE, FLAG, FRAME, type Frame } from "./frames.ts";
import { PREFACE, readExactly, readFrame, SETTING, uint32 } from "./frames.ts";
import { encodeHeaders, HeaderDecoder } from "./hpack.ts";

/** Both windows: what is received is never held back. */
const OUR_WINDOW = 2 ** 31 - 1;

/** What a peer takes before it says otherwise. */
const FIRST_WINDOW = 65_535;

const MAX_FRAME_BYTES = 16_384;

/** A side of an HTTP/2 connection that does what it is told, even what the protocol forbids. */
export class Http2Connection {
  readonly #connection: Deno.Conn;
  readonly #decoder = new HeaderDecoder();
  readonly #streams = new Map<number, Http2Stream>();
  readonly #opened: Http2Stream[] = [];
  /** The header block that goes on in the next frame. */
  #block: { frame: Frame; bytes: Uint8Array } | undefined;
  #window = FIRST_WINDOW;
  #streamWindow = FIRST_WINDOW;
  #lastOpened = -1;
  #written: Promise<unknown> = Promise.resolve();
  #changed = Promise.withResolvers<void>();
  #isEnded = false;
  /** The error code of the peer's GOAWAY. */
  goneAway: number | undefined;

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
    // Otherwise small frames wait for each other.
    if ("setNoDelay" in connection) (connection as Deno.TcpConn).setNoDelay(true);
    // Both at their largest: the connection's window is already open for a part of it.
    this.write(FRAME.settings, {
      payload: Uint8Array.of(0, SETTING.initialWindowSize, ...uint32(OUR_WINDOW)),
    });
    this.write(FRAME.windowUpdate, { payload: uint32(OUR_WINDOW - FIRST_WINDOW) });
  }

  /** The server's side; undefined if the client hangs up or speaks something else. */
  static async serve(connection: Deno.Conn): Promise<Http2Connection | undefined> {
    const served = new Http2Connection(connection);
    const preface = await readExactly(connection, PREFACE.length);
    if (preface?.every((byte, index) => byte === PREFACE[index])) {
      served.#read();
      return served;
    }
    // With anything unread, closing would take back what the client has not read yet.
    while (preface && await readExactly(connection, 1));
    served.close();
    return undefined;
  }

  /** The client's side. */
  static async open(connection: Deno.Conn): Promise<Http2Connection> {
    await connection.write(PREFACE);
    const opened = new Http2Connection(connection);
    opened.#read();
    return opened;
  }

  /** The next stream that the peer opens; undefined if the connection ends before. */
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
  goAway(lastStream: number, code: number = ERROR_CODE.none): Promise<void> {
    return this.write(FRAME.goAway, { payload: uint32(lastStream, code) });
  }

  /** Sends a frame after those before it. Where the peer is gone, nothing happens. */
  write(type: number, frame: Partial<Frame>): Promise<void> {
    const bytes = encodeFrame(type, frame);
    const written = this.#written.then(async () => {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#connection.write(bytes.subarray(sent));
      }
    }).catch(() => this.close());
    this.#written = written;
    return written;
  }

  /** Sends data as the peer takes it. */
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
      const flags = isEnd && sent === bytes.length ? FLAG.endStream : 0;
      await this.write(FRAME.data, { flags, stream: stream.id, payload: part });
    } while (sent < bytes.length);
  }

  /** Resolves when something came that makes it true, or the connection ended. */
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

  #take(frame: Frame): void {
    const { type, flags, payload } = frame;
    const stream = this.#streams.get(frame.stream);
    const number = () => new DataView(payload.buffer, payload.byteOffset).getUint32(0);
    switch (type) {
      case FRAME.headers:
        return this.#takeBlock({ frame, bytes: withoutPadding(frame) });
      case FRAME.continuation:
        if (!this.#block) return;
        this.#block.bytes = Uint8Array.of(...this.#block.bytes, ...payload);
        this.#block.frame.flags |= flags & FLAG.endHeaders;
        return this.#takeBlock(this.#block);
      case FRAME.data:
        stream?.chunks.push(withoutPadding(frame));
        if (stream && flags & FLAG.endStream) stream.isEnded = true;
        return;
      case FRAME.resetStream:
        if (stream) stream.take({ resetCode: number() });
        return;
      case FRAME.windowUpdate:
        if (stream) stream.windowChange += number();
        else if (frame.stream === 0) this.#window += number();
        return;
      case FRAME.settings:
        if (flags & FLAG.ack) return;
        for (let at = 0; at + 6 <= payload.length; at += 6) {
          const view = new DataView(payload.buffer, payload.byteOffset + at);
          if (view.getUint16(0) === SETTING.initialWindowSize) {
            this.#streamWindow = view.getUint32(2);
          }
        }
        return void this.write(FRAME.settings, { flags: FLAG.ack });
      case FRAME.ping:
        if (!(flags & FLAG.ack)) this.write(FRAME.ping, { flags: FLAG.ack, payload });
        return;
      case FRAME.goAway:
        this.goneAway = new DataView(payload.buffer, payload.byteOffset).getUint32(4);
    }
  }

  #takeBlock(block: { frame: Frame; bytes: Uint8Array }): void {
    const { flags, stream: id } = block.frame;
    this.#block = flags & FLAG.endHeaders ? undefined : block;
    if (this.#block) return;
    const headers = this.#decoder.decode(block.bytes);
    let stream = this.#streams.get(id);
    if (!stream) {
      stream = new Http2Stream(this, id);
      this.#streams.set(id, stream);
      this.#opened.push(stream);
    }
    stream.take({ headers });
    if (flags & FLAG.endStream) stream.isEnded = true;
  }
}

/** A request with its answer. */
export class Http2Stream {
  readonly #connection: Http2Connection;
  readonly id: number;
  /** What the peer sent: the headers. */
  headers: Record<string, string> | undefined;
  /** What the peer sent: the trailers. */
  trailers: Record<string, string> | undefined;
  readonly chunks: Uint8Array[] = [];
  resetCode: number | undefined;
  /** The peer sends no more. */
  isEnded = false;
  /** The peer takes no more either. */
  isGone = false;
  /** How much more or less than at first may be sent. */
  windowChange = 0;

  constructor(connection: Http2Connection, id: number) {
    this.#connection = connection;
    this.id = id;
  }

  /** Takes note of what the peer sent. */
  take({ headers, resetCode }: { headers?: Record<string, string>; resetCode?: number }): void {
    if (headers && this.headers) this.trailers = headers;
    else if (headers) this.headers = headers;
    if (resetCode === undefined) return;
    this.resetCode = resetCode;
    this.isEnded = this.isGone = true;
  }

  /** Resolves with everything that was sent, when the peer is done or gone. */
  async body(): Promise<Uint8Array> {
    await this.#connection.waitUntil(() => this.isEnded);
    return new Uint8Array(await new Blob(this.chunks as BlobPart[]).arrayBuffer());
  }

  /** Sends headers, or trailers. */
  sendHeaders(headers: Record<string, string>, { isEnd = false } = {}): Promise<void> {
    return this.#connection.write(FRAME.headers, {
      flags: FLAG.endHeaders | (isEnd ? FLAG.endStream : 0),
      stream: this.id,
      payload: encodeHeaders(headers),
    });
  }

  /** Sends a part of the body. */
  sendData(bytes: Uint8Array, { isEnd = false } = {}): Promise<void> {
    return this.#connection.writeData(this, bytes, isEnd);
  }

  /** Sends RST_STREAM. */
  reset(code: number): Promise<void> {
    return this.#connection.write(FRAME.resetStream, { stream: this.id, payload: uint32(code) });
  }
}

function withoutPadding({ type, flags, payload }: Frame): Uint8Array {
  const padding = flags & FLAG.padded ? payload[0]! : 0;
  const start = (flags & FLAG.padded ? 1 : 0) +
    (type === FRAME.headers && flags & FLAG.priority ? 5 : 0);
  return payload.subarray(start, payload.length - padding);
}
