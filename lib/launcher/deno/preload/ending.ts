/**
 * Makes Deno send what is still queued when SIGTERM, SIGINT or SIGHUP ends a program that does not
 * listen for that signal. Deno flushes its telemetry in its thread for signals and then lets the
 * signal end the program, so that exit status and timing stay Deno's own. That thread runs only once
 * somebody has listened for any signal at all; until 2.9.2 nobody did, and since then Deno itself does
 * half a second after the start.
 *
 * So this listens for a signal that does nothing by default, needs no permission, and is sent by
 * nobody. A program that listens for a signal itself is not affected, nor is one whose event loop
 * ends: a listener does not keep it alive.
 *
 * @see https://github.com/denoland/deno/pull/35738
 */
export function flushBeforeSignals(): void {
  // Windows has no such signals.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGURG", () => {});
}
