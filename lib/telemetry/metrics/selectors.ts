import type {
  ExporterDefaultHistogramAggregationConfigModel,
  ExporterTemporalityPreferenceConfigModel,
} from "@opentelemetry/configuration";
import {
  type AggregationSelector,
  AggregationTemporality,
  type AggregationTemporalitySelector,
  AggregationType,
  InstrumentType,
} from "@opentelemetry/sdk-metrics";

const { CUMULATIVE, DELTA } = AggregationTemporality;

/** The temporality of each kind of instrument with `delta` and `lowmemory`; the others are cumulative. */
const DELTA_INSTRUMENTS = {
  delta: new Set([
    InstrumentType.COUNTER,
    InstrumentType.OBSERVABLE_COUNTER,
    InstrumentType.HISTOGRAM,
    InstrumentType.GAUGE,
    InstrumentType.OBSERVABLE_GAUGE,
  ]),
  low_memory: new Set([InstrumentType.COUNTER, InstrumentType.HISTOGRAM]),
};

/**
 * The temporality of each kind of instrument.
 *
 * @see https://opentelemetry.io/docs/specs/otel/metrics/sdk_exporters/otlp/#additional-environment-variable-configuration
 */
export function temporalitySelector(
  preference: ExporterTemporalityPreferenceConfigModel | undefined,
): AggregationTemporalitySelector {
  if (preference !== "delta" && preference !== "low_memory") return () => CUMULATIVE;
  const deltas = DELTA_INSTRUMENTS[preference];
  return (instrument) => deltas.has(instrument) ? DELTA : CUMULATIVE;
}

/** The aggregation of each kind of instrument: histograms as configured, the others by default. */
export function aggregationSelector(
  histograms: ExporterDefaultHistogramAggregationConfigModel | undefined,
): AggregationSelector {
  const type = histograms === "base2_exponential_bucket_histogram"
    ? AggregationType.EXPONENTIAL_HISTOGRAM
    : AggregationType.DEFAULT;
  return (instrument) =>
    instrument === InstrumentType.HISTOGRAM ? { type } : { type: AggregationType.DEFAULT };
}
