import { StartError } from "../errors.ts";

/** Exit codes of a check, beside 0 and the usual ones. */
export const NOT_YET = 1;
export const ENVIRONMENT_BROKEN = 3;

/** What the learner's steps need cannot be started: no fault of what the learner wrote. */
export class BrokenEnvironmentError extends StartError {
  override name = "BrokenEnvironmentError";
}
