import { openBrowser } from "../../open_browser.ts";
import { sleep } from "../../time.ts";
import type { ServeCommand } from "./serve_command.ts";

/** How often to check whether the server listens. */
const INTERVAL_MS = 100;

/** Addresses that mean all of this machine's, and one of them. */
const CONNECTABLE = new Map([["0.0.0.0", "127.0.0.1"], ["::", "::1"], ["[::]", "::1"]]);

/**
 * Opens a server in the browser as soon as it accepts connections, as `deno serve --open` does. Disposing gives
 * up, if it has never listened.
 */
export function openWhenServed({ hostname, port }: ServeCommand["listen"]): Disposable {
  const stop = new AbortController();
  const host = CONNECTABLE.get(hostname) ?? hostname;
  (async () => {
    while (!stop.signal.aborted) {
      if (await accepts(host, port)) break;
      await sleep(INTERVAL_MS, stop.signal);
    }
    if (!stop.signal.aborted) await openBrowser(urlOf(host, port));
  })();
  return { [Symbol.dispose]: () => stop.abort() };
}

async function accepts(hostname: string, port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname, port })).close();
    return true;
  } catch {
    return false;
  }
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host.replace(/^\[|\]$/g, "")}]` : host}:${port}/`;
}
