/**
 * Makes Deno flush its telemetry when SIGTERM, SIGINT or SIGHUP ends a program that does not handle that
 * signal. Deno flushes in its signal thread and then lets the signal end the program, so that exit status and
 * timing don't change. That thread starts only when the first signal handler is added, whatever the signal.
 * Until 2.9.2 nothing added one; since then Deno itself does, half a second after startup.
 *
 * So this handles a signal that does nothing by default, needs no permission, and is never sent. Programs with
 * their own handlers are not affected, nor are programs whose event loop ends: a handler does not keep them
 * alive.
 *
 * @see https://github.com/denoland/deno/pull/35738
 */
export function flushBeforeSignals(): void {
  // Windows doesn't have these signals.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGURG", () => {});
}
