import type { Http2Connection, Http2Stream } from "./connection.ts";

/** A message starts with one byte for the compressed flag and four for the length. */
export const PREFIX_BYTES = 5;

/** The headers of an answer, and its trailers on success. */
export const HEAD = { ":status": "200", "content-type": "application/grpc" };
export const OK = { "grpc-status": "0" };

/** A whole gRPC message of less than 256 bytes. */
export function framed(message: readonly number[]): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, message.length, ...message);
}

/** Answers a call with success, and returns the message that it contained. */
export async function acceptCall(stream: Http2Stream): Promise<Uint8Array> {
  const message = (await stream.body()).subarray(PREFIX_BYTES);
  await stream.sendHeaders(HEAD);
  await stream.sendData(framed([]));
  await stream.sendHeaders(OK, { isEnd: true });
  return message;
}

/** Answers every call with success, until the connection ends. */
export async function acceptCalls(connection: Http2Connection): Promise<void> {
  for (let stream; (stream = await connection.accept());) acceptCall(stream);
}
