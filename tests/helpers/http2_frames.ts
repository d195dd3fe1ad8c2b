import { PREFACE } from "../../lib/http2/connection.ts";
import type { ErrorCode } from "../../lib/http2/errors.ts";
import { FLAG, type Frame, FRAME_TYPE, readFrame, readUint32 } from "../../lib/http2/frames.ts";
import { HpackDecoder } from "../../lib/http2/hpack/decoder.ts";
import { encodeFields } from "../../lib/http2/hpack/encoder.ts";
import type { HeaderField } from "../../lib/http2/hpack/header_field.ts";
import { OutputBuffer } from "../../lib/http2/output_buffer.ts";

/** The fields of a valid request. */
export const REQUEST: HeaderField[] = [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", "/echo"],
  [":authority", "localhost"],
];

/** Any frame. */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array | number[] = [],
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(9 + payload.length);
  new DataView(bytes.buffer).setUint32(0, payload.length << 8 | type);
  bytes[4] = flags;
  new DataView(bytes.buffer).setUint32(5, streamId);
  bytes.set(payload, 9);
  return bytes;
}

/** A header block that doesn't use the dynamic table. */
export function block(fields: readonly HeaderField[]): Uint8Array<ArrayBuffer> {
  const output = new OutputBuffer();
  encodeFields(output, fields);
  return output.take();
}

/** A HEADERS frame that ends the header block. */
export function headers(
  streamId: number,
  { fields = REQUEST, isEnd = false }: { fields?: readonly HeaderField[]; isEnd?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const flags = FLAG.END_HEADERS | (isEnd ? FLAG.END_STREAM : 0);
  return frame(FRAME_TYPE.HEADERS, flags, streamId, block(fields));
}

/** DATA without padding. */
export function data(
  streamId: number,
  payload: Uint8Array | number[] | string,
  isEnd = false,
): Uint8Array<ArrayBuffer> {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  return frame(FRAME_TYPE.DATA, isEnd ? FLAG.END_STREAM : 0, streamId, bytes);
}

/** Settings by their identifiers. */
export function settings(values: Record<number, number> = {}): Uint8Array<ArrayBuffer> {
  const payload = Object.entries(values).flatMap((
    [id, value],
  ) => [0, Number(id), ...uint32(value)]);
  return frame(FRAME_TYPE.SETTINGS, 0, 0, payload);
}

/** The acknowledgment of the server's settings. */
export const SETTINGS_ACK = frame(FRAME_TYPE.SETTINGS, FLAG.ACK, 0);

/** How a client starts a connection. */
export const START = concat([new TextEncoder().encode(PREFACE), settings(), SETTINGS_ACK]);

/** RST_STREAM. */
export function reset(streamId: number, code = 8): Uint8Array<ArrayBuffer> {
  return frame(FRAME_TYPE.RST_STREAM, 0, streamId, uint32(code));
}

/** WINDOW_UPDATE of a stream, or of the connection. */
export function windowUpdate(streamId: number, increment: number): Uint8Array<ArrayBuffer> {
  return frame(FRAME_TYPE.WINDOW_UPDATE, 0, streamId, uint32(increment));
}

/** PING with these eight bytes. */
export function ping(payload = [1, 2, 3, 4, 5, 6, 7, 8]): Uint8Array<ArrayBuffer> {
  return frame(FRAME_TYPE.PING, 0, 0, payload);
}

/** A number as four bytes. */
export function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff];
}

/** Joins byte arrays. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** All frames in the bytes, which must contain only whole frames. */
export function readFrames(bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = readFrame(bytes, at);
    if (!next) throw new Error("The last frame is cut off");
    frames.push(next);
    at += 9 + next.payload.length;
  }
  return frames;
}

/** The error code of a RST_STREAM or GOAWAY. */
export function codeOf({ type, payload }: Frame): ErrorCode {
  return readUint32(payload, type === FRAME_TYPE.GOAWAY ? 4 : 0) as ErrorCode;
}

/** The answer on a stream. */
export interface Answer {
  headers: Record<string, string>;
  body: string;
  trailers: Record<string, string>;
  /** The code with which the stream was reset. */
  reset?: ErrorCode;
  isEnded: boolean;
}

/** Assembles the answers of a connection, frame by frame. */
export class AnswerReader {
  readonly answers = new Map<number, Answer>();
  readonly #decoder = new HpackDecoder({ maxListBytes: 1024 * 1024 });

  /** Adds the next frames; frames of the connection are ignored. */
  read(frames: readonly Frame[]): void {
    for (const next of frames) {
      const { type, flags, streamId, payload } = next;
      if (streamId === 0 || type === FRAME_TYPE.WINDOW_UPDATE) continue;
      const answer = this.#answer(streamId);
      if (type === FRAME_TYPE.RST_STREAM) answer.reset = codeOf(next);
      else if (type === FRAME_TYPE.DATA) answer.body += new TextDecoder().decode(payload);
      else {
        const fields = Object.fromEntries(this.#decoder.decode(payload));
        if (":status" in fields) answer.headers = fields;
        else answer.trailers = fields;
      }
      answer.isEnded ||= type !== FRAME_TYPE.RST_STREAM && (flags & FLAG.END_STREAM) !== 0;
    }
  }

  #answer(streamId: number): Answer {
    const known = this.answers.get(streamId);
    if (known) return known;
    const answer: Answer = { headers: {}, body: "", trailers: {}, isEnded: false };
    this.answers.set(streamId, answer);
    return answer;
  }
}
