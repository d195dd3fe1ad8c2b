/** Whether an address stands for all of the machine's; that of IPv6 also in the brackets of a URL. */
export function isWildcard(hostname: string): boolean {
  return ["0.0.0.0", "::", "[::]"].includes(hostname);
}
