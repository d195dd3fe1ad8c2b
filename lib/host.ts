/** Whether an address stands for all of the machine's; that of IPv6 also in the brackets of a URL. */
export function isWildcard(hostname: string): boolean {
  return ["0.0.0.0", "::", "[::]"].includes(hostname);
}

/** A host as it is written in a URL, and before a port: an IPv6 address in brackets. */
export function urlHost(hostname: string): string {
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}

/** An address as it is written in a URL, and in messages. */
export function hostAndPort({ hostname, port }: { hostname: string; port: number }): string {
  return `${urlHost(hostname)}:${port}`;
}

/** What connections are made to for an http or https URL: host without brackets, and port. */
export function addressOf(
  { hostname, port, protocol }: URL,
): { hostname: string; port: number } {
  return {
    hostname: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port || (protocol === "https:" ? 443 : 80)),
  };
}
