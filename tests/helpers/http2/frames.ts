/** Frame types: https://www.rfc-editor.org/rfc/rfc9113#section-6 */
export const FRAME = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** Flags of frames. */
export const FLAG = { endStream: 0x1, ack: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 };

/** Settings: https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2 */
export const SETTING = { initialWindowSize: 0x4 };

/** Error codes: https://www.rfc-editor.org/rfc/rfc9113#section-7 */
export const ERROR_CODE = { none: 0, internal: 2, refusedStream: 7, enhanceYourCalm: 11 };

/** What a client says first. */
export const PREFACE = new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

const HEAD_BYTES = 9;

/** A frame as it is sent. */
export interface Frame {
  type: number;
  flags: number;
  /** 0 is the connection. */
  stream: number;
  payload: Uint8Array;
}

/** Writes a frame. */
export function encodeFrame(
  type: number,
  { flags = 0, stream = 0, payload = new Uint8Array() }: Partial<Frame> = {},
): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, payload.length << 8 | type);
  view.setUint8(4, flags);
  view.setUint32(5, stream);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

/** Reads the next frame and nothing behind it; undefined at the end of the connection. */
export async function readFrame(connection: Deno.Conn): Promise<Frame | undefined> {
  const head = await readExactly(connection, HEAD_BYTES);
  if (!head) return undefined;
  const view = new DataView(head.buffer);
  const payload = await readExactly(connection, view.getUint32(0) >>> 8);
  if (!payload) return undefined;
  return {
    type: view.getUint8(3),
    flags: view.getUint8(4),
    stream: view.getUint32(5) & 0x7fff_ffff,
    payload,
  };
}

/** Reads so many bytes; undefined if the connection ends or breaks before. */
export async function readExactly(
  connection: Deno.Conn,
  count: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(count);
  for (let length = 0; length < count;) {
    const read = await connection.read(bytes.subarray(length)).catch(() => null);
    if (read === null) return undefined;
    length += read;
  }
  return bytes;
}

/** Four bytes, as the payloads of several frames are made of. */
export function uint32(...numbers: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, index) => view.setUint32(index * 4, number));
  return new Uint8Array(view.buffer);
}
