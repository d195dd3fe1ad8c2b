import * as v from "valibot";
import { connectionFailure, isTimeout } from "../../connection_failure.ts";

/** A server doesn't respond, or its response can't be read. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

const TIMEOUT_MS = 5000;

/** A response, with its body unparsed. */
export interface Answer {
  status: number;
  text: string;
}

// These requests aren't traced, even if this process instruments its own fetch.
const fetch = globalThis.fetch;

/**
 * Sends a request to one of the tools.
 *
 * @throws {UnreachableError} If there is no response.
 */
export async function ask(who: string, url: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw noAnswer(who, url, error);
  }
}

/** Like {@linkcode ask}, but fails for any status other than 200. */
export async function askForText(who: string, url: string): Promise<string> {
  const { status, text } = await ask(who, url);
  if (status === 200) return text;
  throw new UnreachableError(`${who} answered ${status} at ${new URL(url).origin}`);
}

/** Like {@linkcode askForText}, but fails if the response isn't JSON. */
export async function askForJson(who: string, url: string): Promise<unknown> {
  return readJson(who, url, await askForText(who, url));
}

/**
 * Reads the JSON in a response. The content type doesn't matter: Jaeger's is plain text.
 *
 * @throws {UnreachableError} If it isn't JSON.
 */
export function readJson(who: string, url: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noAnswer(who, url, error);
  }
}

/**
 * The content of a response, if it matches a schema.
 *
 * @throws {UnreachableError} If it does not.
 */
export function readShape<Schema extends v.GenericSchema>(
  who: string,
  url: string,
  { schema, value }: { schema: Schema; value: unknown },
): v.InferOutput<Schema> {
  try {
    const { success, output } = v.safeParse(schema, value);
    if (success) return output;
  } catch (error) {
    // It is nested too deeply.
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UnreachableError(`${who} didn't send the expected response at ${new URL(url).origin}`);
}

function noAnswer(who: string, url: string, error: unknown): UnreachableError {
  const message = `${who} doesn't respond at ${new URL(url).origin}: ${why(error)}`;
  return new UnreachableError(message, { cause: error });
}

/** Why there was no response, in a few words. */
function why(error: unknown): string {
  if (isTimeout(error)) return `no response within ${TIMEOUT_MS / 1000} s`;
  return error instanceof SyntaxError ? "the response isn't JSON" : connectionFailure(error);
}
