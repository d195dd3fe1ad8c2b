import { innermostMessage } from "../../connection_failure.ts";
import { findProxyRoute, readProxyVariables } from "./proxy.ts";
import { TransportError } from "./transport.ts";

/**
 * Creates a client for a server, which goes through the proxy that the variables name for it, or past
 * all proxies. What Deno makes of NO_PROXY by itself has no ports, and knows names in lower case alone.
 *
 * @throws {TransportError} If certificates or key are none.
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

/** @throws {TransportError} If certificates or key are none. */
export function createClient(options: Deno.CreateHttpClientOptions): Deno.HttpClient {
  try {
    return Deno.createHttpClient(options);
  } catch (error) {
    const reason = `the certificates cannot be used (${innermostMessage(error)})`;
    throw new TransportError(reason, { retryable: false, cause: error });
  }
}

/**
 * A client reads the variables of proxies once, when it is created, and has no option to ignore them.
 * Without the permission for the variable it is as Deno has it.
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
