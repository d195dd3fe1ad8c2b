import { hasArrived, sendCanary } from "../backends/canary.ts";
import type { ArrivedSpan } from "../backends/jaeger.ts";
import { type CheckContext, type Finding, met, notMet, quoted } from "./outcome.ts";

/** Longer than an SDK keeps a batch, by OpenTelemetry's default of 5 s. */
const SETTLE_MS = 6000;

/** How far the proof that nothing arrived has come. */
interface Watch {
  since: number;
  canary?: string;
}

/**
 * Concludes that no span arrived only after spans on their way had time to arrive, and after a test
 * span, sent then, arrived.
 */
export async function lookForAbsence(
  { find, describe = () => "" }: {
    find: () => Promise<{ span: ArrivedSpan } | Finding>;
    /** Adds to the sentence about a span that arrived. */
    describe?: (span: ArrivedSpan) => string;
  },
  context: CheckContext,
  conditionId: string,
): Promise<Finding> {
  const { memory, backends } = context;
  const watch = (memory.get(conditionId) ?? { since: Date.now() }) as Watch;
  memory.set(conditionId, watch);
  const canary = watch.canary;
  const hasCome = canary !== undefined && await hasArrived(backends, canary);

  const found = await find();
  if ("span" in found) {
    const { name, service, traceId } = found.span;
    const text = `span ${quoted(name)} from ${quoted(service)} arrived (trace ${traceId})${
      describe(found.span)
    }`;
    return { isMet: false, reason: "present", found: text, isFinal: true };
  }
  if (hasCome) {
    return met({ traceId: canary, text: "nothing arrived except the guide's test span" });
  }
  if (canary !== undefined) {
    return notMet("no-canary", `the guide's test span (trace ${canary}) hasn't arrived either`);
  }
  const left = watch.since + SETTLE_MS - Date.now();
  if (left > 0) {
    const seconds = Math.ceil(left / 1000);
    return notMet("no-canary", `nothing so far; a batch can take ${seconds} s more`);
  }
  watch.canary = await sendCanary(context);
  return notMet("no-canary", "nothing so far; waiting for the guide's test span");
}
