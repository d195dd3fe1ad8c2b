import { Buffer } from "node:buffer";
import type {
  IncomingHttpHeaders,
  ServerHttp2Stream,
  ServerStreamResponseOptions,
} from "node:http2";
import { encodeRpcStatus, RPC_CODE, type RpcStatus } from "../../otlp/rpc_status.ts";
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { Reservation } from "./admission.ts";
import { inflate } from "./inflate.ts";
import { concat } from "./read_body.ts";
import { malformed, RefusedError, tooLarge } from "./refused_error.ts";

/** A message is preceded by a byte that says whether it is compressed, and four of length. */
export const PREFIX_BYTES = 5;

const CONTENT_TYPE = "application/grpc";

/** Without the header `date`, for which `node:http2` keeps a timer. */
export const NO_DATE = { sendDate: false } as ServerStreamResponseOptions;

/** A message as it came. */
export interface UnaryMessage {
  body: Uint8Array<ArrayBuffer>;
  isCompressed: boolean;
  wireBytes: number;
}

/**
 * Reads the one message of a unary call.
 *
 * @throws {RefusedError} If there is none or another one, it is too long or cannot be inflated.
 */
export async function readUnaryMessage(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  limitBytes: number,
  reservation: Reservation,
): Promise<UnaryMessage> {
  const frame = await readFrame(stream, limitBytes, reservation);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < PREFIX_BYTES) {
    throw malformed(new MalformedError("no message in the call", frame.length));
  }
  const length = view.getUint32(1);
  if (PREFIX_BYTES + length !== frame.length) {
    throw malformed(
      new MalformedError(
        `the message has ${frame.length - PREFIX_BYTES} bytes, its prefix says ${length}`,
        1,
      ),
    );
  }
  // A copy, because the store takes the whole of a buffer.
  const message = frame.slice(PREFIX_BYTES);
  const isCompressed = frame[0] === 1;
  if (!isCompressed) return { body: message, isCompressed, wireBytes: frame.length };
  const encoding = headers["grpc-encoding"];
  if (encoding !== "gzip") {
    throw new RefusedError(415, {
      code: RPC_CODE.UNIMPLEMENTED,
      message: `Cannot inflate grpc-encoding "${encoding ?? ""}": expected gzip or identity`,
    });
  }
  const body = await inflate(message, limitBytes, reservation);
  return { body, isCompressed, wireBytes: frame.length };
}

async function readFrame(
  stream: ServerHttp2Stream,
  limitBytes: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  stream.on("data", (chunk: Uint8Array) => {
    length += chunk.length;
    try {
      if (length > limitBytes + PREFIX_BYTES) throw tooLarge(limitBytes);
      reservation.add(chunk.length);
      chunks.push(chunk);
    } catch (error) {
      // What still comes is read and forgotten.
      chunks.length = 0;
      reject(error);
    }
  });
  stream.on("end", resolve);
  stream.on("close", () => reject(new MalformedError("the sender gave up", length)));
  stream.on("error", reject);
  await promise;
  return concat(chunks, length);
}

/** A message with its prefix, uncompressed. */
export function frameMessage(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(frame.buffer).setUint32(1, message.length);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** Opens the answer of a call; the status follows in the trailers, once it is ended. */
export function respond(stream: ServerHttp2Stream): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond({ ":status": 200, "content-type": CONTENT_TYPE }, {
    ...NO_DATE,
    waitForTrailers: true,
  });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(RPC_CODE.OK) }));
}

/** Answers a call with one message and the status OK. */
export function respondMessage(stream: ServerHttp2Stream, message: Uint8Array): void {
  if (stream.destroyed || stream.closed) return;
  respond(stream);
  stream.end(frameMessage(message));
}

/** Answers a call with a status that is not OK, and nothing else. */
export function respondStatus(stream: ServerHttp2Stream, status: RpcStatus): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  const details = Buffer.from(encodeRpcStatus(status, "protobuf")).toString("base64");
  stream.respond({
    ":status": 200,
    "content-type": CONTENT_TYPE,
    "grpc-status": String(status.code),
    "grpc-message": percentEncode(status.message),
    "grpc-status-details-bin": details.replace(/=+$/, ""),
    "grpc-accept-encoding": "identity,gzip",
  }, { ...NO_DATE, endStream: true });
}

/** Everything but printable ASCII, and the percent sign, is encoded as UTF-8. */
export function percentEncode(message: string): string {
  return message.replace(
    /[^ -$&-~]+/gu,
    (part) =>
      Array.from(
        new TextEncoder().encode(part),
        (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      ).join(""),
  );
}
