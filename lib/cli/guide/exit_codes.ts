import { StartError } from "../errors.ts";

/** Exit codes of a check, in addition to 0 and the usual ones. */
export const NOT_YET = 1;
export const ENVIRONMENT_BROKEN = 3;

/** The servers for the steps can't start. The learner's code isn't the cause. */
export class BrokenEnvironmentError extends StartError {
  override name = "BrokenEnvironmentError";
}
