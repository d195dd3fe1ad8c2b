/**
 * Reads what proxies report about the original request.
 *
 * @module
 */
import type { Forwarded } from "./http_options.ts";
import { splitAuthority } from "./url.ts";

export type { Forwarded };

const NOT_FORWARDED: Forwarded = {};

/**
 * Reads `Forwarded` (RFC 7239), and for anything missing there, the `X-Forwarded-*` headers. Values that are
 * not an address, a host or an HTTP scheme are left out: proxies also write `unknown` and names of their own.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readForwarded } from "@otel-kit/instrumentation/proxy";
 *
 * const headers = new Headers({ forwarded: 'for=192.0.2.7;proto=https;host="shop.example"' });
 * assertEquals(readForwarded(headers), {
 *   client: "192.0.2.7",
 *   host: "shop.example",
 *   scheme: "https",
 * });
 * ```
 */
export function readForwarded(headers: Headers): Forwarded {
  const standard = headers.get("forwarded");
  const address = headers.get("x-forwarded-for");
  const host = headers.get("x-forwarded-host");
  const proto = headers.get("x-forwarded-proto");
  if ((standard ?? address ?? host ?? proto) === null) return NOT_FORWARDED;
  const said = new Map<string, string | undefined>();
  if (standard !== null) {
    for (const [, key = "", quoted, token] of firstElement(standard).matchAll(PAIR)) {
      const name = key.toLowerCase();
      if (!said.has(name)) said.set(name, quoted?.replaceAll(/\\(.)/g, "$1") ?? token);
    }
  }
  return {
    client: toAddress(said.get("for")) ?? toAddress(firstOf(address)),
    host: toHost(said.get("host")) ?? toHost(firstOf(host)),
    scheme: toScheme(said.get("proto")) ?? toScheme(firstOf(proto)),
  };
}

const PAIR = /(?<![\w-])([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;

function firstElement(header: string): string {
  return /^(?:[^,"]|"(?:[^"\\]|\\.)*")*/.exec(header)?.[0] ?? "";
}

/** The first element of a list, without the quotes that some proxies add. */
function firstOf(header: string | null): string | undefined {
  return header?.split(",", 1)[0]?.trim().replace(/^"(.*)"$/, "$1");
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.*:.*:)([\da-f:]+(?:(?:\d{1,3}\.){3}\d{1,3})?)(?:%[\w.-]+)?$/i;

function toAddress(node: string | undefined): string | undefined {
  if (!node) return undefined;
  const { host } = splitAuthority(node);
  return IPV4.test(host) || isIpv6(host) ? host : undefined;
}

/** The URL parser rejects zones, but checks the number of groups in an address. */
function isIpv6(host: string): boolean {
  const [, address] = IPV6.exec(host) ?? [];
  return address !== undefined && URL.canParse(`http://[${address}]`);
}

function toHost(authority: string | undefined): string | undefined {
  return authority && /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?$/i.test(authority)
    ? authority
    : undefined;
}

function toScheme(proto: string | undefined): Forwarded["scheme"] {
  const scheme = proto?.toLowerCase();
  return scheme === "http" || scheme === "https" ? scheme : undefined;
}
