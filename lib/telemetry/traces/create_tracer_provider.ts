import type { ConfigurationModel, SamplerConfigModel } from "@opentelemetry/configuration";
import type { Resource } from "@opentelemetry/resources";
import type { Sampler, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { messageOf } from "../../error_message.ts";
import type { Report } from "../delivery.ts";
import { createSampler } from "./sampler.ts";
import { TracerProvider } from "./tracer_provider.ts";

/** Options of a tracer provider that are not in the configuration. */
export interface TracerProviderParts {
  resource: Resource;
  spanProcessors: readonly SpanProcessor[];
  report: Report;
}

/** Creates a tracer provider with the sampler and the limits of a configuration. */
export function createTracerProvider(
  { tracer_provider, attribute_limits: common = {} }: ConfigurationModel,
  { resource, spanProcessors, report }: TracerProviderParts,
): TracerProvider {
  const { limits = {}, sampler } = tracer_provider ?? {};
  return new TracerProvider({
    resource,
    spanProcessors,
    sampler: samplerOrDefault(sampler, report),
    spanLimits: {
      attributeValueLengthLimit: limits.attribute_value_length_limit ??
        common.attribute_value_length_limit ?? Infinity,
      attributeCountLimit: limits.attribute_count_limit ?? common.attribute_count_limit ?? 128,
      eventCountLimit: limits.event_count_limit ?? 128,
      linkCountLimit: limits.link_count_limit ?? 128,
      attributePerEventCountLimit: limits.event_attribute_count_limit ?? 128,
      attributePerLinkCountLimit: limits.link_attribute_count_limit ?? 128,
    },
  });
}

function samplerOrDefault(model: SamplerConfigModel | undefined, report: Report): Sampler {
  try {
    return createSampler(model);
  } catch (error) {
    report(`Recording every trace: ${messageOf(error)}`);
    return createSampler();
  }
}
