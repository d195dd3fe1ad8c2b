import type { Gap } from "../gaps.ts";
import { isAtLeast } from "./version.ts";

/** A feature that Deno's telemetry lacked before a version, or still lacks. */
export interface DenoGap extends Gap {
  /** The first version that has it; undefined if none is known. */
  since?: string;
  /** The preload adds it to older versions. */
  isPreloaded?: true;
}

/** The first version with samplers of its own. */
export const SAMPLES_SINCE = "2.8.3";

/** The first version with limits of its own. */
export const LIMITS_SINCE = "2.8.3";

const isSupported = (names: unknown) =>
  (names as string[]).every((name) => name === "tracecontext" || name === "baggage");

/**
 * Features that Deno's own telemetry lacks, by version; those that the relay adds are in `sending.ts`.
 * `tests/launcher/deno_telemetry_test.ts` checks each row against real versions.
 *
 * @see https://docs.deno.com/runtime/fundamentals/open_telemetry/
 */
export const DENO_GAPS: readonly DenoGap[] = [
  { // https://github.com/denoland/deno/pull/34764
    variables: /^OTEL_TRACES_SAMPLER(_ARG)?$/,
    except: (value) => value === "always_on",
    since: SAMPLES_SINCE,
    isPreloaded: true,
    instead: "every trace is recorded",
  },
  {
    variables: /^OTEL_PROPAGATORS$/,
    except: isSupported,
    instead: "it supports only tracecontext and baggage",
  },
  { // https://github.com/denoland/deno/pull/34787
    variables: /^OTEL_(SPAN_)?ATTRIBUTE_COUNT_LIMIT$/,
    since: LIMITS_SINCE,
    isPreloaded: true,
    instead: "there is no limit",
  },
  { // https://github.com/denoland/deno/pull/34795
    variables: /^OTEL_SPAN_EVENT_COUNT_LIMIT$/,
    since: LIMITS_SINCE,
    isPreloaded: true,
    instead: "there is no limit",
  },
  { // https://github.com/denoland/deno/pull/35068
    variables: /^OTEL_(SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT$/,
    since: "2.9.2",
    instead: "there is no limit",
  },
  {
    variables: /^OTEL_(SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT$/,
    except: (value) => value !== 0,
    instead: "0 means no limit",
  },
  {
    variables: /^OTEL_(SPAN_LINK|EVENT_ATTRIBUTE|LINK_ATTRIBUTE)_COUNT_LIMIT$/,
    instead: "it has no such limit",
  },
  { variables: /^OTEL_LOGRECORD_/, instead: "log records are not limited" },
  {
    variables: /^OTEL_METRICS_EXEMPLAR_FILTER$/,
    except: (value) => value === "always_off",
    instead: "it keeps no exemplars",
  },
  {
    variables: /_TEMPORALITY_PREFERENCE$/,
    except: (value) => value !== "lowmemory",
    instead: "everything is cumulative",
  },
  {
    variables: /_DEFAULT_HISTOGRAM_AGGREGATION$/,
    except: (value) => value === "explicit_bucket_histogram",
    instead: "histograms have explicit buckets",
  },
  { variables: /^OTEL_EXPORTER_(PROMETHEUS|ZIPKIN)_/, instead: "it has no such exporter" },
  { variables: /^OTEL_LOG_LEVEL$/, instead: "it writes no log" },
  {
    variables: /^OTEL_EXPERIMENTAL_RESOURCE_DETECTORS$/,
    instead: "it detects only the runtime",
  },
  { variables: /_CONFIG_FILE$/, instead: "it reads no configuration file" },
  { variables: /^OTEL_SEMCONV_STABILITY_OPT_IN$/, instead: "it follows the stable conventions" },
  { variables: /^OTEL_PYTHON_/, instead: "it is only for programs in Python" },
];

/**
 * The rows that apply to a version; those that a newer version closes mention it.
 *
 * @param isPreloaded Whether the program gets the preload.
 */
export function gapsOf(version: string, isPreloaded: boolean): Gap[] {
  return DENO_GAPS.filter(({ since }) => since === undefined || !isAtLeast(version, since))
    .filter((gap) => !(gap.isPreloaded && isPreloaded))
    .map(({ since, instead, isPreloaded: _, ...gap }) => ({
      ...gap,
      instead: since === undefined ? instead : `${instead}. Deno ${since} and newer honor it`,
    }));
}
