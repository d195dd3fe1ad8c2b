import type { Signal } from "./signal.ts";
import { MalformedError } from "./malformed_error.ts";
import { type EncodedMessage, encodeMessage } from "./encode.ts";
import { REQUEST_MESSAGES } from "./messages.ts";

/** A number that a double may not hold exactly. */
const LONG_INTEGER = /[:,[\s]-?\d{16,}/;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Turns an export request in JSON into protobuf.
 *
 * @throws {MalformedError} If it is no JSON or not of OTLP's shape.
 */
export function jsonToProtobuf(
  signal: Signal,
  request: string | Uint8Array | object,
): EncodedMessage {
  if (request instanceof Uint8Array) return jsonToProtobuf(signal, parseJson(decode(request)));
  const json = typeof request === "string" ? parseJson(request) : request;
  return encodeMessage(REQUEST_MESSAGES[signal], json);
}

/**
 * Parses JSON; integers that a number cannot hold stay as decimal strings.
 *
 * @throws {MalformedError} If it is no JSON.
 */
export function parseJson(text: string): object {
  try {
    return LONG_INTEGER.test(text) ? JSON.parse(text, keepLongIntegers) : JSON.parse(text);
  } catch (error) {
    // Values that lie thousands deep in each other overflow the stack.
    if (error instanceof RangeError) throw new MalformedError("JSON is nested too deeply");
    if (!(error instanceof SyntaxError)) throw error;
    throw new MalformedError(`no JSON: ${error.message}`, byteOffset(error.message, text));
  }
}

/** The third argument is newer than its declaration. */
function keepLongIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  if (source === undefined || !/^-?\d{1,20}$/.test(source)) return value;
  // JavaScript writes -2^63 as a longer number, which only as a double is what it was.
  const isExact = BigInt(source) >= -(2n ** 63n) && BigInt(source) < 2n ** 64n;
  return isExact ? source : value;
}

/** Where in the bytes; engines do not always say. */
function byteOffset(message: string, text: string): number | undefined {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    return new TextEncoder().encode(text.slice(0, Number(position))).length;
  }
  return /unexpected end/i.test(message) ? new TextEncoder().encode(text).length : undefined;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new MalformedError("JSON must be UTF-8", firstInvalidByte(bytes));
  }
}

/** By halves: how many bytes from the start are valid. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    try {
      // A character that is cut at the end is no error yet.
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      invalid = middle;
    }
  }
  return valid;
}
