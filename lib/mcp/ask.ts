/**
 * Reads from a collector's HTTP API: a path with its query in, the parsed JSON out. The caller states the
 * type; `docs/reference/http-api.md` describes the responses.
 *
 * @throws {Error} If there is no response, or not a success; the message has the reason.
 */
export type Ask = <T>(path: string) => Promise<T>;

/** An {@linkcode Ask} on top of a request handler in this process. */
export function askHandler(handle: (request: Request) => Promise<Response>): Ask {
  return async <T>(path: string): Promise<T> => {
    const response = await handle(new Request(new URL(path, "http://localhost")));
    const answer = await response.json();
    if (response.ok) return answer;
    throw new Error(answer?.error ?? `the API answered with status ${response.status}`);
  };
}

/** A path with those parameters that have a value. */
export function pathWith(
  path: string,
  parameters: Record<string, string | number | undefined>,
): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? path : `${path}?${query}`;
}
