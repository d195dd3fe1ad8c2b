import { type Frame, FRAME_HEADER_BYTES, readFrame as parse } from "../../../lib/http2/frames.ts";
import { concat } from "../http2_frames.ts";

/** Reads exactly one frame; undefined at the end of the connection. */
export async function readFrame(connection: Deno.Conn): Promise<Frame | undefined> {
  const head = await readExactly(connection, FRAME_HEADER_BYTES);
  const payload = head &&
    await readExactly(connection, new DataView(head.buffer).getUint32(0) >>> 8);
  return payload && parse(concat([head, payload]), 0);
}

/** Reads this many bytes; undefined if the connection ends or breaks first. */
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
