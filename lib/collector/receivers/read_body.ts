import type { IncomingRequest } from "../../http/incoming_request.ts";
import { concat } from "../concat.ts";
import type { Reservation } from "./admission.ts";
import { RefusedError, tooLarge, unreadable } from "./refused_error.ts";

/** Up to this a body of known length is read at once, which is faster than in parts. */
const SMALL_BYTES = 1024 * 1024;

/**
 * Reads the body of a request as it came over the wire.
 *
 * @throws {RefusedError} If it breaks off, is longer than `limitBytes`, or more is pending than may be;
 * what is left of it is not read.
 */
export async function readBody(
  request: IncomingRequest,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  if (request.body === null) return new Uint8Array();
  try {
    return await read(request, request.body, limitBytes, reservation);
  } catch (error) {
    throw error instanceof RefusedError ? error : unreadable(error);
  }
}

async function read(
  request: IncomingRequest,
  stream: ReadableStream<Uint8Array>,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = request.headers.get("content-length");
  const announced = header === null ? undefined : Number(header);
  if (announced !== undefined && announced > limitBytes) {
    await stream.cancel();
    throw tooLarge(limitBytes);
  }
  if (announced !== undefined && announced <= SMALL_BYTES) {
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length > limitBytes) throw tooLarge(limitBytes);
    reservation.add(body.length);
    return body;
  }
  return await readParts(stream, limitBytes, reservation);
}

async function readParts(
  stream: ReadableStream<Uint8Array>,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limitBytes) throw tooLarge(limitBytes);
    reservation.add(chunk.length);
    chunks.push(chunk);
  }
  return concat(chunks, length);
}
