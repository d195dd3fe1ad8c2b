import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";
import { isReceived } from "./received_request.ts";
import type { Recording } from "./recording.ts";
import { isStreamed } from "./streamed_body.ts";

const NOT_FOUND = 404;

/** The class of the objects in which Deno describes the connection. */
const DENO_INFO = "ServeHandlerInfo";

/** A caller that tries another app does so at once, within a few promises. */
const MAX_MICROTASKS = 32;

/** A request that an app just left unanswered. */
interface Unanswered extends Marks {
  recording: Recording;
}

/** What is the same in all apps: the request, or the server's connection info, which exists once per request. */
interface Marks {
  raw: Request;
  info: object | undefined;
}

/** Mostly empty. */
const unanswered = new Set<Unanswered>();

/**
 * Records the response of an app. If that is a 404, a server may try its next app with the same request. No
 * context connects the two, so the end is delayed until all pending microtasks have run; a request from the
 * network can't be answered earlier. Other requests come from tests or calls, which look at the result at once.
 */
export function answer(c: Context, recording: Recording): void {
  const isLast = c.res.status !== NOT_FOUND || !recording.isOwn || !isAsked(c) || isStreamed(c.res);
  if (isLast) return recording.answer();
  const left = { ...marksOf(c), recording };
  unanswered.add(left);
  afterMicrotasks(MAX_MICROTASKS, () => {
    unanswered.delete(left);
    recording.answer();
  });
}

/** Takes over the recording of a request that another app left unanswered. */
export function takeUnanswered(c: Context): Recording | undefined {
  if (unanswered.size === 0) return undefined;
  const { raw, info } = marksOf(c);
  for (const left of unanswered) {
    if (raw === left.raw || (info && info === left.info)) {
      unanswered.delete(left);
      return left.recording;
    }
  }
  return undefined;
}

/** Whether a server tries again, with the request or with a copy of it. */
function isAsked(c: Context): boolean {
  return isReceived(c) || c.env?.constructor?.name === DENO_INFO;
}

function marksOf({ env, req: { raw } }: Context): Marks {
  return { raw, info: env?.remoteAddr || env?.incoming ? env : undefined };
}
