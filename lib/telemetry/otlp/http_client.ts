import { innermostMessage } from "../../connection_failure.ts";
import { findProxyRoute, readProxyVariables } from "./proxy.ts";
import { TransportError } from "./transport.ts";

/**
 * Creates a client for a server that uses the proxy that the variables name for it, or none. Deno's own
 * handling of NO_PROXY ignores ports and matches only lower-case names.
 *
 * @throws {TransportError} If certificates or key are invalid.
 */
export function createClientFor(
  server: URL,
  options: Deno.CreateHttpClientOptions,
): Deno.HttpClient {
  const { proxy, passedBy } = findProxyRoute(server, readProxyVariables());
  const chosen = proxy ? { ...options, proxy: { url: proxy.url.href } } : options;
  const create = () => createClient(chosen);
  return passedBy === undefined ? create() : withoutProxies(create);
}

/** @throws {TransportError} If certificates or key are invalid. */
export function createClient(options: Deno.CreateHttpClientOptions): Deno.HttpClient {
  try {
    return Deno.createHttpClient(options);
  } catch (error) {
    const reason = `the certificates are invalid (${innermostMessage(error)})`;
    throw new TransportError(reason, { retryable: false, cause: error });
  }
}

/**
 * A client reads the proxy variables once, when it is created, and has no option to ignore them. Without
 * permission for the variable, Deno's behavior applies.
 */
function withoutProxies<T>(create: () => T): T {
  const name = "NO_PROXY";
  if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") {
    return create();
  }
  const before = Deno.env.get(name);
  try {
    Deno.env.set(name, "*");
    return create();
  } finally {
    if (before === undefined) Deno.env.delete(name);
    else Deno.env.set(name, before);
  }
}
