import * as v from "valibot";
import { connectionFailure } from "../../connection_failure.ts";
import { ANSWER_PATH, type DeskReply, GIVE_UP_PATH, REPLY } from "./desk.ts";
import type { Answer } from "./judge.ts";

/** No shop responds at an address; the message is the reason. */
export class NoShopError extends Error {
  override name = "NoShopError";
}

const TIMEOUT_MS = 5000;

/**
 * Sends an answer to the shop at an address, or gives up.
 *
 * @throws {NoShopError} If no shop responds.
 */
export async function askDesk(url: string, answer: Answer | "give up"): Promise<DeskReply> {
  const isGivenUp = answer === "give up";
  const reply = v.safeParse(
    REPLY,
    await post(new URL(isGivenUp ? GIVE_UP_PATH : ANSWER_PATH, url), isGivenUp ? {} : answer),
  );
  if (!reply.success) throw new NoShopError("another program responds");
  return reply.output;
}

async function post(url: URL, body: unknown): Promise<unknown> {
  let text: string;
  try {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    throw new NoShopError(connectionFailure(error), { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
