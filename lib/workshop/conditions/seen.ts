import type { SeenCheck } from "../course/check.ts";
import { type Look, met, notMet, quoted } from "./outcome.ts";

/** Dates in responses have whole seconds. */
const SECOND = 1000;

/** Looks for a response that the learner's own client got since the step began. */
export const lookAtSeen: Look<SeenCheck> = ({ status, body }, { seen, startedAt }) => {
  const fresh = seen.filter(({ at }) => at >= startedAt - SECOND);
  return Promise.resolve(find());

  function find() {
    const last = fresh.at(-1);
    if (!last) {
      return notMet(
        "not-seen",
        seen.length === 0
          ? "you haven't shown the guide a response yet"
          : "the responses that you showed are older than this step",
      );
    }
    const meant = fresh.filter((one) => one.status === status);
    if (meant.length === 0) {
      return notMet("wrong-status", `the response that you showed has status ${last.status}`);
    }
    const whole = meant.find((one) => body === undefined || one.body.includes(body));
    if (!whole) {
      const got = quoted(meant.at(-1)!.body.trim());
      return notMet("wrong-body", `the response that you showed is ${got}`);
    }
    return met({ status, text: `your client got ${status}, ${quoted(whole.body.trim())}` });
  }
};
