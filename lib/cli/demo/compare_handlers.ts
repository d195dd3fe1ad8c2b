import { MODES } from "../../../apps/mod.ts";
import type {
  CompareAnswer,
  CompareHandlers,
  CompareMode,
  CompareRun,
} from "../../guests/compare.ts";
import { connectionFailure } from "../../connection_failure.ts";
import type { DemoApp } from "./demo_app.ts";
import { readModeCode } from "./mode_code.ts";

/** The maximum length of the shown body. */
const MAX_BODY_BYTES = 1024;

const TIMEOUT_MS = 10_000;

/** The clocks of an app and of this program may differ by this much. */
const CLOCK_TOLERANCE_MS = 2;

/** Creates the handlers for running apps. */
export function createCompareHandlers(apps: readonly DemoApp[]): CompareHandlers {
  return {
    async view() {
      return { modes: await Promise.all(apps.map(describe)) };
    },
    async run(path) {
      const run: CompareRun = { path, sentAt: Date.now(), answers: [] };
      for (const app of apps) run.answers.push(await ask(app, path));
      return run;
    },
  };
}

async function describe({ mode, url, batchDelayMs }: DemoApp): Promise<CompareMode> {
  const { serviceName, summary } = MODES[mode];
  return {
    mode,
    summary,
    url,
    ...serviceName !== undefined && { serviceName },
    ...batchDelayMs !== undefined && { batchDelayMs },
    ...await readModeCode(mode),
  };
}

async function ask({ mode, url }: DemoApp, path: string): Promise<CompareAnswer> {
  const startedAt = Date.now();
  const start = performance.now();
  const end = () => ({
    durationMillis: performance.now() - start,
    startTimeMinUnixNano: nanos(startedAt - CLOCK_TOLERANCE_MS),
    startTimeMaxUnixNano: nanos(Date.now() + CLOCK_TOLERANCE_MS),
  });
  try {
    const response = await fetch(`${url}${path}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await readStart(response);
    const { status, statusText } = response;
    return { mode, status, statusText, body, ...end() };
  } catch (error) {
    return { mode, status: 0, statusText: "", body: "", ...end(), error: connectionFailure(error) };
  }
}

/** The first kilobyte of a body. */
async function readStart({ body }: Response): Promise<string> {
  let start = new Uint8Array();
  for await (const chunk of body ?? []) {
    start = Uint8Array.of(...start, ...chunk.subarray(0, MAX_BODY_BYTES - start.length));
    if (start.length >= MAX_BODY_BYTES) break;
  }
  return new TextDecoder().decode(start);
}

function nanos(millis: number): string {
  return `${millis}000000`;
}
