/** The command line is invalid: nothing was started, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The requested action can't be started: exit code 1. */
export class StartError extends Error {
  override name = "StartError";
}
