/** The results of wrk. */
export interface Load {
  requests: number;
  requestsPerSecond: number;
  /** Whether all responses were 2xx or 3xx, and no connection broke. */
  isClean: boolean;
  /** Its whole output. */
  text: string;
}

/**
 * Loads a server as fast as it responds. At the end, wrk closes its connections: requests in flight are not in
 * its numbers.
 *
 * @throws {Error} If wrk fails.
 */
export async function runWrk({ url, connections, seconds, script }: {
  url: string;
  connections: number;
  seconds: number;
  /** A script in Lua, with its arguments. */
  script?: { path: string; args: readonly string[] };
}): Promise<Load> {
  const { stdout, success } = await new Deno.Command("wrk", {
    args: [
      ...["-t1", `-c${connections}`, `-d${seconds}s`],
      ...script ? ["-s", script.path, url, "--", ...script.args] : [url],
    ],
  }).output();
  const text = new TextDecoder().decode(stdout);
  const requests = Number(/(\d+) requests in/.exec(text)?.[1]);
  const requestsPerSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(text)?.[1]);
  if (!success || !requests) throw new Error(`Cannot read what wrk says:\n${text}`);
  return {
    requests,
    requestsPerSecond,
    isClean: !/Non-2xx|Socket errors/.test(text),
    text,
  };
}
