import { PATIENCE_MS, pause, realNow, within } from "./patience.ts";

const POLL_MS = 50;

// deno-lint-ignore no-explicit-any -- each backend has its own JSON.
export type Json = any;

/** Polls a URL until its JSON matches: backends store data with a delay. */
export async function eventually(url: string, wanted: (body: Json) => boolean): Promise<Json> {
  return await poll(async () => {
    const response = await fetch(url).catch((error: Error) => error);
    if (response instanceof Error) return { answer: response.message };
    const answer = await response.text();
    const body = response.ok ? JSON.parse(answer) : undefined;
    return body !== undefined && wanted(body) ? { result: body } : { answer };
  }, url);
}

/** Retries until there is a result; fails with the last answer after too long. */
export async function poll<T>(
  ask: () => Promise<{ result?: T; answer?: string }>,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = realNow() + patienceMs;
  let last: string | undefined = "none";
  while (true) {
    const left = Math.max(deadline - realNow(), POLL_MS);
    const { result, answer } = await within(ask(), () => `${what}; before it said: ${last}`, left);
    if (result !== undefined) return result;
    if (realNow() > deadline) throw new Error(`No such answer from ${what}, but: ${answer}`);
    last = answer;
    await pause(POLL_MS);
  }
}
