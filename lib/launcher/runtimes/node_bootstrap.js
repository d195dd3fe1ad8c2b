// @ts-check
/**
 * Preloaded into Node before the program. It does what the package's own `register` leaves out:
 *
 * - ES modules are instrumented, which requires a loader hook.
 * - SIGTERM and Ctrl-C end the program, by that signal, after the flush. `register` listens
 *   for SIGTERM, and in Node a listener keeps the program alive.
 * - A program with its own handlers decides when to end, and its telemetry until then is
 *   recorded: at the signal, only a flush takes place.
 * - npm and similar tools are not instrumented; the programs that they start are.
 *
 * The `file:` URL of `register` follows the `#` of this module's own URL.
 */
import { createRequire, register } from "node:module";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { isMainThread } from "node:worker_threads";

/** How long the flush may delay the end of a program. */
const FLUSH_TIMEOUT_MS = 5000;
const PACKAGE_MANAGER = /[\\/](npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?([.]c?js)?$/;

/**
 * A part of the SDK that can be flushed.
 *
 * @typedef {{ forceFlush?: () => Promise<void> }} Provider
 */

if (!PACKAGE_MANAGER.test(process.argv[1] ?? "")) {
  const url = decodeURIComponent(new URL(import.meta.url).hash.slice(1));
  await start(url).catch((error) => {
    // deno-lint-ignore no-console -- it runs in Node, inside a user's program.
    console.error("Cannot instrument this program:", error);
  });
}

/** @param {string} url */
async function start(url) {
  const require = createRequire(url);
  const hook = require.resolve("@opentelemetry/instrumentation/hook.mjs");
  register(pathToFileURL(hook).href);

  const before = process.listeners("SIGTERM");
  await import(url);
  const shutdown = process.listeners("SIGTERM").find((one) => !before.includes(one));
  if (!shutdown || !isMainThread) return;
  process.off("SIGTERM", shutdown);

  const meters = require("@opentelemetry/api").metrics.getMeterProvider();
  const tracers = require("@opentelemetry/api").trace.getTracerProvider().getDelegate?.();
  const loggers = createRequire(hook)("@opentelemetry/api-logs").logs.getLoggerProvider();

  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGTERM", "SIGINT"];
  for (const signal of signals) {
    process.on(signal, async function end() {
      // From here on, Node behaves as without the preload, even at a second signal.
      process.off(signal, end);
      if (process.listenerCount(signal) > 0) return void await flush(tracers, loggers, meters);
      // The shutdown alone doesn't wait for spans whose resource is still being detected.
      const flushed = flush(tracers, loggers).then(() => shutdown(signal));
      const timeout = new Promise((resolve) => setTimeout(resolve, FLUSH_TIMEOUT_MS));
      await Promise.race([flushed, timeout]);
      process.kill(process.pid, signal);
    });
  }
}

/** @param {(Provider | undefined)[]} providers */
function flush(...providers) {
  return Promise.allSettled(providers.map((one) => one?.forceFlush?.()));
}
