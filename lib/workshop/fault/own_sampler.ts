import { trace } from "@opentelemetry/api";
import { type Sampler, SamplingDecision } from "@opentelemetry/sdk-trace-base";

/** Options of {@linkcode sampleAlone}. */
export interface OwnSamplerOptions {
  /** Whether the service decides by itself now. */
  isOn: () => boolean;
  /** Whether it keeps the next request. */
  keeps: () => boolean;
  /** Called with the trace ID of each request that it leaves out of a trace which others keep. */
  onLeftOut: (traceId: string) => void;
}

/** A sampler that follows another one, or, while it is on, decides about each request by itself. */
export function sampleAlone(sampler: Sampler, options: OwnSamplerOptions): Sampler {
  return {
    shouldSample(context, traceId, ...rest) {
      const result = sampler.shouldSample(context, traceId, ...rest);
      const isRequest = trace.getSpanContext(context)?.isRemote ?? true;
      if (!isRequest || !options.isOn()) return result;
      if (result.decision === SamplingDecision.NOT_RECORD) return result;
      if (options.keeps()) return result;
      options.onLeftOut(traceId);
      return { decision: SamplingDecision.NOT_RECORD };
    },
    toString: () => `alone(${sampler.toString()})`,
  };
}
