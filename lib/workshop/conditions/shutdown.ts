import { findSpans } from "../backends/jaeger.ts";
import type { ShutdownCheck } from "../course/check.ts";
import { type Finding, type Look, met, notMet } from "./outcome.ts";
import { isListening } from "./port.ts";

/** How long an SDK keeps a batch, by OpenTelemetry's default of 5 s, and some tolerance. */
const BATCH_MS = 4000;
/** If spans arrive faster, a batch is sent this soon. */
const SOON = 0.8;
/** How long the last spans can take through a Collector to the backend. */
const ARRIVAL_MS = 6000;

/** What was seen of the app so far. */
interface Watch {
  /** Spans that arrived while it was running. */
  arrived: Set<string>;
  /** The shortest time from the start of a span to its arrival. */
  latencyMillis: number;
  isRunning: boolean;
  /** When it was first seen stopped, in milliseconds since 1970. */
  stoppedAt?: number;
  finding?: Finding;
}

/**
 * Checks that an app flushes its spans when it stops. The evidence is a span that had not arrived while
 * the app was running, and arrived after it stopped, sooner than a batch would have been sent.
 */
export const lookAtShutdown: Look<ShutdownCheck> = async ({ service }, context, conditionId) => {
  const watch = (context.memory.get(conditionId) ?? newWatch()) as Watch;
  context.memory.set(conditionId, watch);
  if (watch.finding) return watch.finding;
  const isRunning = await isListening(context.appUrl);
  const now = Date.now();
  const spans = (await findSpans(context.backends.jaegerUrl, {
    service,
    since: context.startedAt,
  })).filter((span) => span.service === service);

  if (isRunning) {
    watch.isRunning = true;
    delete watch.stoppedAt;
    for (const { spanId, startedAt } of spans) {
      if (watch.arrived.has(spanId)) continue;
      // Spans from before the first look say nothing about how long they took.
      if (watch.arrived.size > 0) {
        watch.latencyMillis = Math.min(watch.latencyMillis, now - startedAt);
      }
      watch.arrived.add(spanId);
    }
    return notMet("still-running", "the app is running: send a request, and stop it at once");
  }
  if (!watch.isRunning) {
    return notMet("not-running", "the app isn't running, so it can't be seen stopping");
  }
  watch.stoppedAt ??= now;
  const last = spans.filter(({ spanId }) => !watch.arrived.has(spanId))
    .toSorted((a, b) => a.startedAt - b.startedAt);
  return judge(last, watch, now);
};

/** `last` are the spans that arrived after the app stopped, the oldest one first. */
function judge(
  last: readonly { traceId: string; startedAt: number }[],
  watch: Watch,
  now: number,
): Finding {
  const stoppedAt = watch.stoppedAt!;
  const [oldest] = last;
  if (!oldest) {
    if (now - stoppedAt < ARRIVAL_MS) {
      return notMet("still-running", "the app has stopped; waiting for its last spans");
    }
    return lost("not-flushed", "the app has stopped, and no span arrived after that");
  }
  const age = stoppedAt - oldest.startedAt;
  if (age > Math.min(BATCH_MS, watch.latencyMillis * SOON)) {
    const seconds = (age / 1000).toFixed(1);
    return lost(
      "unclear",
      `a span arrived, but it began ${seconds} s before the app stopped, so a batch could have sent it`,
    );
  }
  const text = `a span that began ${Math.max(age, 0)} ms before the app stopped arrived after that`;
  return watch.finding = met({ traceId: oldest.traceId, text });
}

/** The app has to be started again, so it makes no sense to wait. */
function lost(reason: "not-flushed" | "unclear", found: string): Finding {
  return { isMet: false, reason, found, isFinal: true };
}

function newWatch(): Watch {
  return { arrived: new Set(), latencyMillis: Infinity, isRunning: false };
}
