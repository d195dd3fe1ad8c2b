import * as v from "valibot";
import { connectionFailure, isTimeout } from "../../connection_failure.ts";

/** Who was asked does not answer, or not with what can be understood. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

const TIMEOUT_MS = 5000;

/** An answer, with its body as it came. */
export interface Answer {
  status: number;
  text: string;
}

// Questions are no part of what is observed, even where this process has its own fetch instrumented.
const fetch = globalThis.fetch;

/**
 * Sends a request to one of the tools.
 *
 * @throws {UnreachableError} If there is no answer.
 */
export async function ask(who: string, url: string, init: RequestInit = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw noAnswer(who, url, error);
  }
}

/** As {@linkcode ask}; an answer other than 200 is none. */
export async function askForText(who: string, url: string): Promise<string> {
  const { status, text } = await ask(who, url);
  if (status === 200) return text;
  throw new UnreachableError(`${who} answered ${status} at ${new URL(url).origin}`);
}

/** As {@linkcode askForText}; an answer other than JSON is none. */
export async function askForJson(who: string, url: string): Promise<unknown> {
  return readJson(who, url, await askForText(who, url));
}

/**
 * Reads the JSON that somebody answered; Jaeger calls it plain text.
 *
 * @throws {UnreachableError} If it is none.
 */
export function readJson(who: string, url: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw noAnswer(who, url, error);
  }
}

/**
 * What somebody answered, if it looks as it must.
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
  throw new UnreachableError(`${who} does not answer as such at ${new URL(url).origin}`);
}

function noAnswer(who: string, url: string, error: unknown): UnreachableError {
  const message = `${who} does not answer at ${new URL(url).origin}: ${why(error)}`;
  return new UnreachableError(message, { cause: error });
}

/** Why there was no answer, in a few words. */
function why(error: unknown): string {
  if (isTimeout(error)) return `nothing within ${TIMEOUT_MS / 1000} s`;
  return error instanceof SyntaxError ? "the answer is no JSON" : connectionFailure(error);
}
