import {
  postSpans,
  type SentTrace,
  type Service,
  SERVICES,
  spansBody,
} from "../../tests/helpers/traces.ts";

const SENDS_PER_SECOND = 5;
const RETRY_MS = 1000;
const OK = 200;

/** What is sent where, and how fast. */
export interface Load {
  traces: readonly SentTrace[];
  /** Traces a second. */
  rate: number;
  /** Where each service finds its agent. */
  agents: Record<Service, string>;
  /** Called at the start of each second, with the traces that are sent next. */
  onSecond?(second: number, next: readonly SentTrace[]): Promise<void> | void;
}

/**
 * Sends the traces at a steady rate, like apps: they don't wait for each other, and repeat what an agent
 * doesn't take. Done once everything is accepted; the result is how many requests had to be repeated.
 */
export async function sendSteadily({ traces, rate, agents, onSecond }: Load): Promise<number> {
  const perSend = rate / SENDS_PER_SECOND;
  const start = Date.now();
  const requests: Promise<boolean>[] = [];
  for (let n = 0; Math.round(n * perSend) < traces.length; n++) {
    const wait = start + n * 1000 / SENDS_PER_SECOND - Date.now();
    await new Promise((resolve) => setTimeout(resolve, wait));
    const part = traces.slice(Math.round(n * perSend), Math.round((n + 1) * perSend));
    if (n % SENDS_PER_SECOND === 0) await onSecond?.(n / SENDS_PER_SECOND, part);
    for (const service of SERVICES) {
      requests.push(sendUntilAccepted(agents[service], spansBody(service, part)));
    }
  }
  return (await Promise.all(requests)).filter((isRepeated) => isRepeated).length;
}

/** Whether the request had to be repeated. The repeated one is the same, so it has the same spans. */
async function sendUntilAccepted(url: string, body: string): Promise<boolean> {
  for (let attempt = 0;; attempt++) {
    if (await isAccepted(url, body)) return attempt > 0;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function isAccepted(url: string, body: string): Promise<boolean> {
  try {
    return (await postSpans(url, body)).status === OK;
  } catch (error) {
    // Nobody listens, or the connection broke: only the agent knows whether it has the spans.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
