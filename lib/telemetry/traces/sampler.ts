import type { SamplerConfigModel } from "@opentelemetry/configuration";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";

/**
 * The sampler that the configuration describes. The default follows the parent and samples every root.
 *
 * @throws {Error} If the sampler is unknown.
 */
export function createSampler(model: SamplerConfigModel = { parent_based: {} }): Sampler {
  const [name, ...others] = Object.keys(model);
  if (name === undefined || others.length > 0) {
    throw new Error(`cannot sample by "${Object.keys(model).join(", ")}": expected one sampler`);
  }
  switch (name) {
    case "always_on":
      return new AlwaysOnSampler();
    case "always_off":
      return new AlwaysOffSampler();
    case "trace_id_ratio_based":
      return new TraceIdRatioBasedSampler(model.trace_id_ratio_based?.ratio ?? 1);
    case "parent_based": {
      const parents = model.parent_based ?? {};
      const optional = (sampler: SamplerConfigModel | undefined) =>
        sampler && createSampler(sampler);
      const samplers = {
        remoteParentSampled: optional(parents.remote_parent_sampled),
        remoteParentNotSampled: optional(parents.remote_parent_not_sampled),
        localParentSampled: optional(parents.local_parent_sampled),
        localParentNotSampled: optional(parents.local_parent_not_sampled),
      };
      return new ParentBasedSampler({
        root: createSampler(parents.root ?? { always_on: {} }),
        ...Object.fromEntries(Object.entries(samplers).filter(([, sampler]) => sampler)),
      });
    }
    default:
      throw new Error(
        `cannot sample by "${name}": expected always_on, always_off, trace_id_ratio_based ` +
          "or parent_based",
      );
  }
}
