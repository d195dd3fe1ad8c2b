import type { IncomingRequest } from "../../http_server/incoming_request.ts";
import { BodyError } from "../../http/request_body.ts";
import { freeBytes } from "../../large_bytes.ts";
import { GrowingBytes } from "../growing_bytes.ts";
import type { Reservation } from "./admission.ts";
import { RefusedError, tooLarge, tooSlow, unreadable } from "./refused_error.ts";

/** Bodies of known length up to this size are read at once, which is faster than in parts. */
const SMALL_BYTES = 256 * 1024;

/**
 * Reads the body of a request as sent over the wire. If there is no memory for it now, it waits for some
 * seconds.
 *
 * @throws {RefusedError} If it is incomplete, too slow or longer than `limitBytes`, or if too much is pending;
 * the rest of it is not read.
 */
export async function readBody(
  request: IncomingRequest,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await read(request, limitBytes, reservation);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw error instanceof BodyError && error.reason === "slow" ? tooSlow() : unreadable(error);
  }
}

async function read(
  request: IncomingRequest,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = request.headers.get("content-length");
  const announced = header === null ? undefined : Number(header);
  // To create a stream takes longer than to read a small body.
  if (announced !== undefined && announced <= Math.min(SMALL_BYTES, limitBytes)) {
    await reservation.add(announced);
    const body = new Uint8Array(await reservation.receive(request.arrayBuffer()));
    if (body.length > limitBytes) throw tooLarge(limitBytes);
    return body;
  }
  const stream = request.body;
  if (stream === null) return new Uint8Array();
  if (announced !== undefined && announced > limitBytes) {
    await stream.cancel();
    throw tooLarge(limitBytes);
  }
  return await readParts(stream.getReader(), limitBytes, reservation, announced);
}

async function readParts(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  limitBytes: number,
  reservation: Reservation,
  announced: number | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = new GrowingBytes(announced);
  try {
    for (;;) {
      const { value, done } = await reservation.receive(reader.read());
      if (done) return body.take();
      if (body.length + value.length > limitBytes) throw tooLarge(limitBytes);
      await reservation.add(value.length);
      body.add(value);
      if (value.length === value.buffer.byteLength) freeBytes(value);
    }
  } catch (error) {
    body.free();
    await reader.cancel().catch(() => {});
    throw error;
  }
}
