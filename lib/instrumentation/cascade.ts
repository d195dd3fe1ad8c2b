import type { Context } from "hono";
import { afterMicrotasks } from "./microtasks.ts";
import { isReceived } from "./received_request.ts";
import type { Recording } from "./recording.ts";
import { isStreamed } from "./streamed_body.ts";

const NOT_FOUND = 404;

/** Of this class Deno tells of the connection. */
const DENO_INFO = "ServeHandlerInfo";

/** Whoever asks the next app does so at once, a few promises later. */
const MAX_MICROTASKS = 32;

/** Recordings of requests that an app had no answer for, a moment ago. */
const unanswered = new WeakMap<object, Recording>();
/** How many there are: mostly none. */
let waiting = 0;

/**
 * Records the answer of an app. If that is 404, a server may ask its next app with the same request. No
 * context connects the two, so the end is put off until everything that is due at once has run; a request
 * from the network has not been answered before that. Others are tests or calls, which look at once.
 */
export function answer(c: Context, recording: Recording): void {
  const isLast = c.res.status !== NOT_FOUND || !recording.isOwn || !isAsked(c) || isStreamed(c.res);
  if (isLast) return recording.answer();
  const marks = marksOf(c);
  for (const mark of marks) unanswered.set(mark, recording);
  waiting++;
  afterMicrotasks(MAX_MICROTASKS, () => {
    waiting--;
    forget(marks, recording);
    recording.answer();
  });
}

/** Takes the recording of a request that another app had no answer for. */
export function takeUnanswered(c: Context): Recording | undefined {
  if (waiting === 0) return undefined;
  const marks = marksOf(c);
  for (const mark of marks) {
    const recording = unanswered.get(mark);
    if (recording) {
      forget(marks, recording);
      return recording;
    }
  }
  return undefined;
}

function forget(marks: readonly object[], recording: Recording): void {
  for (const mark of marks) if (unanswered.get(mark) === recording) unanswered.delete(mark);
}

/** Whether a server asks, with the request or with a copy of it. */
function isAsked(c: Context): boolean {
  return isReceived(c) || c.env?.constructor?.name === DENO_INFO;
}

/** What is the same in all apps: the request, or what the server tells of it, of which it makes one each. */
function marksOf({ env, req: { raw } }: Context): object[] {
  return env?.remoteAddr === undefined && env?.incoming === undefined ? [raw] : [raw, env];
}
