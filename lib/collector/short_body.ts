import { readParts } from "./broken_body.ts";
import { GrowingBytes } from "./growing_bytes.ts";

const MAX_JSON_BYTES = 4 * 1024;

/** The body of a query is longer than any valid one. */
export class LongBodyError extends Error {
  override name = "LongBodyError";

  constructor(maxBytes: number) {
    super(`Cannot read a body of more than ${maxBytes} bytes here`);
  }
}

/**
 * Reads a query's body as JSON; undefined if it isn't JSON.
 *
 * @throws {LongBodyError} If it is longer than any valid one.
 * @throws {BrokenBodyError} If it is incomplete.
 */
export async function readShortJson(request: Request): Promise<unknown> {
  const bytes = await readShortBody(request, MAX_JSON_BYTES);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * Reads a whole body, but stops as soon as it exceeds the limit.
 *
 * @throws {LongBodyError} If it exceeds the limit.
 * @throws {BrokenBodyError} If it is incomplete.
 */
export async function readShortBody(
  { body }: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new GrowingBytes();
  for await (const part of body ? readParts(body) : []) {
    if (bytes.length + part.length > maxBytes) throw new LongBodyError(maxBytes);
    bytes.add(part);
  }
  return bytes.take();
}
