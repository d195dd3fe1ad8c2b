import { BlockList, isIP } from "node:net";
import type { Environment } from "../read_settings.ts";

/** The proxy for a server. */
export interface ProxyChoice {
  /** The variable that names it. */
  variable: string;
  url: URL;
}

/** The route of requests to a server. */
export interface ProxyRoute {
  /** Undefined if requests go directly to the server. */
  proxy: ProxyChoice | undefined;
  /** The variable of a proxy that NO_PROXY overrides. */
  passedBy?: string;
}

/** The variables that name proxies, by the scheme of the server's URL; each also in lower case. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  "http:": ["HTTP_PROXY", "ALL_PROXY"],
  "https:": ["HTTPS_PROXY", "ALL_PROXY"],
};

/** The kinds of proxies that Deno supports. */
const PROXY_SCHEME = /^(https?|socks5h?):$/;

/** The variables for proxies and exceptions that are set. */
export function readProxyVariables(): Environment {
  const names = [...Object.values(VARIABLES).flat(), "NO_PROXY"];
  return Object.fromEntries(
    names.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, readVariable(name)]),
  );
}

/**
 * The route to a server, from the same variables that curl, Go and others use: HTTP_PROXY, HTTPS_PROXY and
 * ALL_PROXY name proxies. NO_PROXY lists what is reached directly: hosts with their subdomains, `host:port`,
 * addresses, networks such as `10.0.0.0/8`, or `*` for all. A value that is not a URL is ignored.
 */
export function findProxyRoute(server: URL, env: Environment): ProxyRoute {
  const named = (VARIABLES[server.protocol] ?? []).flatMap((name) => [name, name.toLowerCase()]);
  for (const variable of named) {
    const url = proxyUrl(env[variable]);
    if (!url) continue;
    if (isException(server, env.NO_PROXY || env.no_proxy || "")) {
      return { proxy: undefined, passedBy: variable };
    }
    return { proxy: { variable, url } };
  }
  return { proxy: undefined };
}

/** The variables that are set but don't name a proxy. */
export function badProxyVariables(env: Environment): string[] {
  return [...new Set(Object.values(VARIABLES).flat())]
    .flatMap((name) => [name, name.toLowerCase()])
    .filter((name) => env[name]?.trim() && !proxyUrl(env[name]));
}

function proxyUrl(text = ""): URL | undefined {
  const trimmed = text.trim();
  const url = URL.parse(trimmed.includes("://") ? trimmed : `http://${trimmed}`);
  return url && PROXY_SCHEME.test(url.protocol) && url.hostname !== "" ? url : undefined;
}

function isException(server: URL, exceptions: string): boolean {
  const host = bare(server.hostname);
  const port = server.port || (server.protocol === "https:" ? "443" : "80");
  return exceptions.toLowerCase().split(/[\s,]+/).filter(Boolean).some((item) => {
    if (item === "*") return true;
    const network = /^\[?([\da-f.:]+)\]?\/(\d+)$/.exec(item);
    if (network) return isOfNetwork(host, network[1]!, Number(network[2]));
    const [, name = item, itemPort] = /^(\[.*\]|[^:]*):(\d+)$/.exec(item) ?? [];
    return (itemPort === undefined || itemPort === port) && isOfDomain(host, name);
  });
}

/** Whether the host is this name or address, or a subdomain of the name. */
function isOfDomain(host: string, name: string): boolean {
  const bareName = bare(name).replace(/^\*?\./, "");
  if (isIP(bareName) !== 0) return isIP(host) !== 0 && addressText(bareName) === addressText(host);
  return bareName !== "" && (host === bareName || host.endsWith(`.${bareName}`));
}

function isOfNetwork(host: string, network: string, prefix: number): boolean {
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || prefix > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(host, family);
}

/** An address in canonical form. */
function addressText(address: string): string {
  return new URL(`http://${isIP(address) === 6 ? `[${address}]` : address}`).hostname;
}

/** Without brackets, and without the trailing dot of a fully qualified name. */
function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/** Also undefined without permission; the user is not prompted. */
function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}
