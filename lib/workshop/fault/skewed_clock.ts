import type { HrTime } from "@opentelemetry/api";
import { addHrTimes, millisToHrTime } from "@opentelemetry/core";
import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Options of {@linkcode skewClock}. */
export interface SkewOptions {
  /** How far ahead the clock is now; 0 if it is right. */
  skewMillis: () => number;
  /** Called with the trace ID of each span whose times are wrong. */
  onSkewed: (traceId: string) => void;
}

/** Passes spans on as a machine would send them whose clock is wrong: all times are moved alike. */
export function skewClock(next: SpanProcessor, options: SkewOptions): SpanProcessor {
  return {
    onStart: (span, context) => next.onStart(span, context),
    onEnd(span) {
      const millis = options.skewMillis();
      if (millis === 0) return next.onEnd(span);
      options.onSkewed(span.spanContext().traceId);
      next.onEnd(moved(span, millis));
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function moved(span: ReadableSpan, millis: number): ReadableSpan {
  return Object.create(span, {
    startTime: { value: movedTime(span.startTime, millis) },
    endTime: { value: movedTime(span.endTime, millis) },
    events: {
      value: span.events.map((event) => ({ ...event, time: movedTime(event.time, millis) })),
    },
  });
}

function movedTime(time: HrTime, millis: number): HrTime {
  if (millis >= 0) return addHrTimes(time, millisToHrTime(millis));
  const [seconds, nanos] = millisToHrTime(-millis);
  return nanos <= time[1]
    ? [time[0] - seconds, time[1] - nanos]
    : [time[0] - seconds - 1, time[1] - nanos + 1e9];
}
