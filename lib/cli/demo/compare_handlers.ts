import { type ModeName, MODES } from "../../../apps/mod.ts";
import type {
  CompareAnswer,
  CompareHandlers,
  CompareMode,
  CompareRun,
} from "../../guests/compare.ts";
import { connectionFailure } from "../../connection_failure.ts";
import type { DemoApp } from "./demo_app.ts";
import { readModeCode } from "./mode_code.ts";

/** The tutorial's step about the app of each mode. */
export const TUTORIAL: Record<ModeName, string> = {
  base: "2-base.md#step-6-the-base-app-not-instrumented",
  manual: "3-manual.md#step-8-the-manual-app",
  middleware: "4-middleware.md#step-11-the-middleware-app",
  auto: "5-no-code.md#step-14-get-the-launcher",
};

/** The maximum length of the shown body. */
const MAX_BODY_BYTES = 1024;

const TIMEOUT_MS = 10_000;

/** The clocks of an app and of this program may differ by this much. */
const CLOCK_TOLERANCE_MS = 2;

/** The number of requests that are kept, for links to them. */
const MAX_RUNS = 100;

/** Creates the handlers for running apps. */
export function createCompareHandlers(apps: readonly DemoApp[]): CompareHandlers {
  const runs = new Map<string, CompareRun>();
  // The code doesn't change while the apps run.
  let modes: Promise<CompareMode[]> | undefined;
  return {
    async view() {
      return { modes: await (modes ??= Promise.all(apps.map(describe))) };
    },
    async run(path) {
      const id = crypto.randomUUID().slice(0, 8);
      const run: CompareRun = { id, path, sentAt: Date.now(), answers: [] };
      for (const app of apps) run.answers.push(await ask(app, path));
      runs.set(id, run);
      if (runs.size > MAX_RUNS) runs.delete(runs.keys().next().value!);
      return run;
    },
    find: (id) => Promise.resolve(runs.get(id)),
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
    tutorial: TUTORIAL[mode],
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
    // Hono's own answer if no route has the path: the handlers never return it.
    const isWithoutSpan = status === 404 && MODES[mode].hasSpansFromHandlers;
    const reason = isWithoutSpan && { noSpanReason: "no handler ran, so nobody wrote a span" };
    return { mode, status, statusText, body, ...end(), ...reason };
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
