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
if (!PACKAGE_MANAGER.test(process.argv[1] ?? "")) await start(REGISTER);

async function start(url) {
  const require = createRequire(url);
  const instrumentation = require.resolve("@opentelemetry/instrumentation/hook.mjs");
  register(pathToFileURL(instrumentation).href);

  const before = process.listeners("SIGTERM");
  await import(url);
  const shutdown = process.listeners("SIGTERM").find((one) => !before.includes(one));
  if (!shutdown || !isMainThread) return;
  process.off("SIGTERM", shutdown);

  const { metrics, trace } = require("@opentelemetry/api");
  const { logs } = createRequire(instrumentation)("@opentelemetry/api-logs");
  const flush = () => {
    for (const provider of [
      trace.getTracerProvider().getDelegate?.(),
      metrics.getMeterProvider(),
      logs.getLoggerProvider(),
    ]) provider?.forceFlush?.().catch(() => {});
  };

  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.on(signal, async function end() {
      // From here on Node does what it does without us, at a second signal too.
      process.off(signal, end);
      if (process.listenerCount(signal) > 0) return flush();
      const timeout = new Promise((resolve) => setTimeout(resolve, ${FLUSH_TIMEOUT_MS}));
      await Promise.race([shutdown(), timeout]);
      process.kill(process.pid, signal);
    });
  }
}
`;
