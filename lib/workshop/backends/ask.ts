import { connectionFailure, isTimeout } from "../../connection_failure.ts";

/** Who was asked does not answer, or not with what can be understood. */
export class UnreachableError extends Error {
  override name = "UnreachableError";
}

const TIMEOUT_MS = 5000;

/** An answer; the body is parsed where it is JSON, and else a text. */
export interface Answer {
  status: number;
  body: unknown;
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
    const text = await response.text();
    // Jaeger calls its JSON plain text.
    const isJson = /^[{[]/.test(text);
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  } catch (error) {
    throw new UnreachableError(`${who} does not answer at ${new URL(url).origin}: ${why(error)}`, {
      cause: error,
    });
  }
}

/** As {@linkcode ask}; an answer other than 200 is none. */
export async function askForData(who: string, url: string): Promise<unknown> {
  const { status, body } = await ask(who, url);
  if (status === 200) return body;
  throw new UnreachableError(`${who} answered ${status} at ${new URL(url).origin}`);
}

/** Why there was no answer, in a few words. */
function why(error: unknown): string {
  if (isTimeout(error)) return `nothing within ${TIMEOUT_MS / 1000} s`;
  return error instanceof SyntaxError ? "the answer is no JSON" : connectionFailure(error);
}
