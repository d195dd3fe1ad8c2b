/** The command line is wrong: nothing was started, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What was asked for cannot be started: exit code 1. */
export class StartError extends Error {
  override name = "StartError";
}
