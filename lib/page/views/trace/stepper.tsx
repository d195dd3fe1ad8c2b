import type { TraceSpan } from "../../../trace/spans.ts";

/** Two buttons that go through spans, around the end. */
export function Stepper({ spans, currentId, noun, onStep }: StepperProps) {
  return (
    <span class="stepper">
      {([[-1, "‹", "previous"], [1, "›", "next"]] as const).map(([by, sign, word]) => (
        <button
          key={sign}
          type="button"
          disabled={spans.length === 0}
          title={`Go to the ${word} span with ${noun}`}
          aria-label={`Go to the ${word} span with ${noun}`}
          onClick={() => onStep(stepFrom(spans, currentId, by))}
        >
          {sign}
        </button>
      ))}
    </span>
  );
}

export interface StepperProps {
  spans: readonly TraceSpan[];
  /** Where to step from; if it isn't one of the spans, from the beginning. */
  currentId: string | undefined;
  /** What the spans have: "an error". */
  noun: string;
  onStep: (spanId: string) => void;
}

/** The id of the next span, or of the previous one. There must be at least one span. */
export function stepFrom(
  spans: readonly TraceSpan[],
  currentId: string | undefined,
  by: 1 | -1,
): string {
  const current = spans.findIndex(({ spanId }) => spanId === currentId);
  const from = current < 0 && by < 0 ? 0 : current;
  return spans[(from + by + spans.length) % spans.length]!.spanId;
}
