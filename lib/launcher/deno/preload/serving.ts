import {
  type DenoErrorHandler,
  type DenoHandler,
  enrichErrorHandler,
  enrichHandler,
} from "../../../instrumentation/deno_server.ts";
import type { PreloadSettings } from "./settings.ts";

/** The relevant arguments of `Deno.serve`. */
interface ServeOptions {
  handler?: DenoHandler;
  onError?: DenoErrorHandler;
  hostname?: string;
  port?: number;
}

type Serve = (...args: (ServeOptions | DenoHandler)[]) => unknown;

/**
 * Enriches the spans of every server that `Deno.serve` starts. If the settings have an address, the first
 * server listens on it.
 */
export function enrichServers({ http, listen }: PreloadSettings): void {
  const serve = Deno.serve as unknown as Serve;
  let address = listen;
  function enriched(this: unknown, ...args: (ServeOptions | DenoHandler)[]): unknown {
    return serve.apply(this, withEnriched(args));
  }

  function withEnriched(args: (ServeOptions | DenoHandler)[]): (ServeOptions | DenoHandler)[] {
    const [first, second] = args;
    const options = typeof first === "function" ? undefined : first;
    const handler = [first, second, options?.handler].find((one) => typeof one === "function");
    if (typeof handler !== "function") return args;
    const { onError } = options ?? {};
    const more = {
      ...typeof onError === "function" && { onError: enrichErrorHandler(onError) },
      ...address,
    };
    address = undefined;
    return [{
      ...options,
      ...more,
      handler: enrichHandler(handler, http, typeof onError === "function"),
    }];
  }

  Reflect.set(Deno, "serve", enriched);
}
