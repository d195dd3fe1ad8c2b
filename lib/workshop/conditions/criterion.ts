import type { ArrivedSpan } from "../backends/jaeger.ts";
import type { Reason } from "../course/check.ts";

/** One requirement for a span, and how to describe a span that doesn't meet it. */
export interface Criterion {
  reason: Reason;
  /** `trace` has all spans of its trace. */
  isMet(span: ArrivedSpan, trace: readonly ArrivedSpan[]): boolean;
  /** What the span has instead, in words. */
  describe(span: ArrivedSpan, trace: readonly ArrivedSpan[]): string;
}
