import { messageOf } from "../../error_message.ts";
import { isWildcard, urlHost } from "../../host.ts";
import { StartError } from "../errors.ts";
import type { CollectorSettings } from "../flags/collector_flags.ts";

/** A collector that is too busy to answer within this time is not healthy. */
const TIMEOUT_MS = 3000;

/**
 * Asks a collector with these settings whether it is healthy; returns its answer. Needs no token.
 *
 * @throws {StartError} If there is none, or it is not healthy.
 */
export async function checkCollector(
  { hostname, uiPort }: Pick<CollectorSettings, "hostname" | "uiPort">,
): Promise<string> {
  const host = isWildcard(urlHost(hostname)) ? "127.0.0.1" : hostname;
  const url = `http://${urlHost(host)}:${uiPort}/-/healthy`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = (await response.text()).trim();
    if (response.ok) return text;
    throw new StartError(`The collector is not healthy: ${url} answers ${response.status}`);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`No collector runs: ${url}: ${messageOf(error)}`, { cause: error });
  }
}
