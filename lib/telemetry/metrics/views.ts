import type { AggregationConfigModel, ViewConfigModel } from "@opentelemetry/configuration";
import {
  type AggregationOption,
  AggregationType,
  type IAttributesProcessor,
  InstrumentType,
  MeterProvider,
  type ViewOptions,
} from "@opentelemetry/sdk-metrics";
import { messageOf } from "../../error_message.ts";
import { namesThatFit } from "../configuration/name_patterns.ts";
import type { Report } from "../delivery.ts";

/** The views of a configuration. Views that the SDK rejects are reported and left out. */
export function createViews(models: readonly ViewConfigModel[], report: Report): ViewOptions[] {
  return models.map(optionsOf).filter((options) => {
    try {
      new MeterProvider({ views: [options] });
      return true;
    } catch (error) {
      report(`Cannot use a view of metrics: ${messageOf(error)}`);
      return false;
    }
  });
}

function optionsOf({ selector, stream }: ViewConfigModel): ViewOptions {
  const type = selector.instrument_type?.toUpperCase() as keyof typeof InstrumentType | undefined;
  const hasCriteria = Object.values(selector).some((value) => value !== null);
  const { included, excluded } = stream.attribute_keys ?? {};
  const options: { [Name in keyof ViewOptions]: ViewOptions[Name] | null | undefined } = {
    // In the schema, a view without criteria matches all instruments. The SDK requires a criterion.
    instrumentName: hasCriteria ? selector.instrument_name : "*",
    instrumentType: type && InstrumentType[type],
    instrumentUnit: selector.unit,
    meterName: selector.meter_name,
    meterVersion: selector.meter_version,
    meterSchemaUrl: selector.meter_schema_url,
    name: stream.name,
    description: stream.description,
    aggregation: stream.aggregation && createAggregation(stream.aggregation),
    aggregationCardinalityLimit: stream.aggregation_cardinality_limit,
    attributesProcessors: included || excluded
      ? [
        ...included ? [keysThat(namesThatFit(included))] : [],
        ...excluded ? [keysThat(not(namesThatFit(excluded)))] : [],
      ]
      : undefined,
  };
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== null && value !== undefined),
  ) as ViewOptions;
}

/** Keeps the attributes whose keys match. */
function keysThat(fit: (key: string) => boolean): IAttributesProcessor {
  return {
    process: (attributes) =>
      Object.fromEntries(Object.entries(attributes).filter(([key]) => fit(key))),
  };
}

function not(fits: (key: string) => boolean): (key: string) => boolean {
  return (key) => !fits(key);
}

/** The schema's default, if a view names none. */
const DEFAULT_BOUNDARIES = [
  0,
  5,
  10,
  25,
  50,
  75,
  100,
  250,
  500,
  750,
  1000,
  2500,
  5000,
  7500,
  10_000,
];

function createAggregation(model: AggregationConfigModel): AggregationOption {
  if ("drop" in model) return { type: AggregationType.DROP };
  if ("sum" in model) return { type: AggregationType.SUM };
  if ("last_value" in model) return { type: AggregationType.LAST_VALUE };
  if ("explicit_bucket_histogram" in model) {
    const { boundaries, record_min_max: recordMinMax } = model.explicit_bucket_histogram ?? {};
    return {
      type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
      options: { boundaries: boundaries ?? DEFAULT_BOUNDARIES, recordMinMax: recordMinMax ?? true },
    };
  }
  if ("base2_exponential_bucket_histogram" in model) {
    const { max_size, record_min_max } = model.base2_exponential_bucket_histogram ?? {};
    return {
      type: AggregationType.EXPONENTIAL_HISTOGRAM,
      options: { maxSize: max_size ?? 160, recordMinMax: record_min_max ?? true },
    };
  }
  return { type: AggregationType.DEFAULT };
}
