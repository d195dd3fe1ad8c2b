/** How long the flush may keep a program that was asked to end. */
const FLUSH_TIMEOUT_MS = 5000;

/**
 * What Node loads in front of the program, as a `data:` URL, so that nothing is written to disk. It
 * does what the package's own `register` leaves out:
 *
 * - ES modules are instrumented; that takes a loader hook.
 * - SIGTERM and Ctrl-C end the program, by that signal, once everything was sent. `register` listens
 *   for SIGTERM, and in Node whoever listens keeps the program alive.
 * - A program that listens itself decides itself when to end, and what it does until then is
 *   recorded: only what there is so far is sent.
 * - npm and its like are left alone; what they start is not.
 *
 * @param registerUrl The `file:` URL of `register`.
 */
export function nodeBootstrap(registerUrl: string): string {
  const source = bootstrap.replace("REGISTER", () => JSON.stringify(registerUrl));
  return `data:text/javascript,${encodeURIComponent(source).replaceAll("'", "%27")}`;
}

const bootstrap = `
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";
import { isMainThread } from "node:worker_threads";

const PACKAGE_MANAGER = /[\\\\/](npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?([.]c?js)?$/;
if (!PACKAGE_MANAGER.test(process.argv[1] ?? "")) {
  await start(REGISTER).catch((error) => console.error("Cannot instrument this program:", error));
}

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
  const flush = (...providers) => Promise.allSettled(providers.map((one) => one?.forceFlush?.()));

  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, async function end() {
      // From here on Node does what it does without us, at a second signal too.
      process.off(signal, end);
      if (process.listenerCount(signal) > 0) return flush(tracers, loggers, meters);
      // The shutdown alone does not wait for spans whose resource is still being found out.
      const flushed = flush(tracers, loggers).then(shutdown);
      const timeout = new Promise((resolve) => setTimeout(resolve, ${FLUSH_TIMEOUT_MS}));
      await Promise.race([flushed, timeout]);
      process.kill(process.pid, signal);
    });
  }
}
`;
