import { ATTR_HTTP_REQUEST_HEADER, ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import {
  ATTR_HOST_NAME,
  ATTR_HTTP_METHOD,
  ATTR_LOG_IOSTREAM,
} from "@opentelemetry/semantic-conventions/incubating";
import type { Variable } from "../../../lib/telemetry/settings.ts";
import type { ReceivedTelemetry } from "../../helpers/otlp_proto.ts";
import type { Receiver } from "../../helpers/receiver.ts";
import type { Launched } from "./launching.ts";

/** A program run with variables, and their observable effects. */
export interface Experiment {
  name: string;
  given: Partial<Record<Variable, string>>;
  /** How many additional traces and log records the program creates. */
  args?: string[];
  /** Which of the variables took effect. */
  observe(receiver: Receiver, launched: Launched): Partial<Record<Variable, boolean>>;
}

const SERVER_KIND = 2;
const DELTA = 1;
const SAMPLED_CALLER = "a".repeat(32);
const UNSAMPLED_CALLER = "b".repeat(32);

/** How many traces or log records to create when only a share of them should arrive. */
const MANY = 200;

function root({ spans }: ReceivedTelemetry) {
  return spans.find(({ name }) => name === "root");
}

function beside({ spans }: ReceivedTelemetry): number {
  return spans.filter(({ name }) => name === "beside").length;
}

function metric({ metrics }: ReceivedTelemetry, wanted: string) {
  return metrics.find(({ name }) => name === wanted);
}

function serverAttributes({ spans }: ReceivedTelemetry) {
  return spans.find(({ kind }) => kind === SERVER_KIND)?.attributes ?? {};
}

function logAttributes({ logRecords }: ReceivedTelemetry) {
  return logRecords[0]?.attributes ?? {};
}

/** The number of items in each request of a signal. */
function sizes({ requests }: Receiver, items: "spans" | "logRecords"): number[] {
  return requests.map((request) => request[items].length).filter((size) => size > 0);
}

/** A sampler that decides on a trace of the program and on those of two callers. */
function sampler(
  name: string,
  expected: { own: boolean; sampledCaller: boolean; unsampledCaller: boolean },
  given: Experiment["given"] = {},
): Experiment {
  return {
    name: `sampler ${name}`,
    given: { OTEL_TRACES_SAMPLER: name, ...given },
    observe(receiver) {
      const has = (id: string) => receiver.spans.some(({ traceId }) => traceId === id);
      return {
        OTEL_TRACES_SAMPLER: expected.own === (root(receiver) !== undefined) &&
          expected.sampledCaller === has(SAMPLED_CALLER) &&
          expected.unsampledCaller === has(UNSAMPLED_CALLER),
      };
    },
  };
}

const SAMPLING: Experiment[] = [
  sampler("always_on", { own: true, sampledCaller: true, unsampledCaller: true }),
  sampler("always_off", { own: false, sampledCaller: false, unsampledCaller: false }),
  sampler("parentbased_always_on", { own: true, sampledCaller: true, unsampledCaller: false }),
  sampler("parentbased_always_off", { own: false, sampledCaller: true, unsampledCaller: false }),
  sampler(
    "parentbased_traceidratio",
    { own: false, sampledCaller: true, unsampledCaller: false },
    { OTEL_TRACES_SAMPLER_ARG: "0" },
  ),
  {
    name: "sampler traceidratio",
    given: { OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.5" },
    args: [String(MANY)],
    observe(receiver) {
      const isShare = beside(receiver) > 0 && beside(receiver) < MANY;
      return { OTEL_TRACES_SAMPLER: isShare, OTEL_TRACES_SAMPLER_ARG: isShare };
    },
  },
];

const LIMITS: Experiment[] = [
  {
    name: "limits of everything",
    given: {
      OTEL_ATTRIBUTE_COUNT_LIMIT: "2",
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
      OTEL_SPAN_EVENT_COUNT_LIMIT: "1",
      OTEL_SPAN_LINK_COUNT_LIMIT: "1",
      OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: "1",
      OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: "1",
      OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: "0",
      OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
    },
    observe(receiver) {
      const { attributes, events, links } = root(receiver)!;
      const count = (one: { attributes: object } | undefined) =>
        Object.keys(one!.attributes).length;
      return {
        OTEL_ATTRIBUTE_COUNT_LIMIT: Object.keys(attributes).length === 2,
        OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: attributes.text === "012",
        OTEL_SPAN_EVENT_COUNT_LIMIT: events.length === 1,
        OTEL_SPAN_LINK_COUNT_LIMIT: links.length === 1,
        OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: count(events[0]) === 1,
        OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: count(links[0]) === 1,
        OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: Object.keys(logAttributes(receiver)).length === 0,
        OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT:
          logAttributes(receiver)[ATTR_LOG_IOSTREAM] === "std",
      };
    },
  },
  {
    name: "limits of spans",
    given: {
      OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: "2",
      OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: "3",
    },
    observe(receiver) {
      const { attributes } = root(receiver)!;
      return {
        OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: Object.keys(attributes).length === 2,
        OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: attributes.text === "012",
      };
    },
  },
  {
    name: "a limit of no attributes",
    given: { OTEL_ATTRIBUTE_COUNT_LIMIT: "0" },
    observe: (receiver) => ({
      OTEL_ATTRIBUTE_COUNT_LIMIT: Object.keys(root(receiver)!.attributes).length === 0,
    }),
  },
  {
    name: "a limit of no characters",
    given: { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "0" },
    observe: (receiver) => ({
      OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: root(receiver)!.attributes.text === "",
    }),
  },
];

/** The headers that propagators add to a request. */
function propagators(list: string, ...headers: string[]): Experiment {
  return {
    name: `propagators ${list}`,
    given: { OTEL_PROPAGATORS: list },
    observe(_, { ownHeaders }) {
      const sent = ["traceparent", "baggage", "b3", "x-b3-traceid"]
        .filter((name) => name in ownHeaders);
      return { OTEL_PROPAGATORS: sent.join() === headers.join() };
    },
  };
}

const PROPAGATION: Experiment[] = [
  propagators("none"),
  propagators("baggage", "baggage"),
  propagators("tracecontext,baggage", "traceparent", "baggage"),
  propagators("b3", "b3"),
];

const METRICS: Experiment[] = [
  {
    name: "deltas, exponential histograms and exemplars",
    given: {
      OTEL_METRICS_EXEMPLAR_FILTER: "always_on",
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        "base2_exponential_bucket_histogram",
    },
    observe: (receiver) => ({
      OTEL_METRICS_EXEMPLAR_FILTER: metric(receiver, "histogram")!.exemplars > 0,
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE:
        metric(receiver, "counter")?.temporality === DELTA,
      OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION:
        metric(receiver, "histogram")?.kind === "exponentialHistogram",
    }),
  },
  {
    name: "low memory",
    given: { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "lowmemory" },
    observe: (receiver) => ({
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE:
        metric(receiver, "counter")?.temporality === DELTA,
    }),
  },
];

const BATCHES: Experiment[] = [
  {
    name: "batches",
    given: { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: "7", OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: "7" },
    args: [String(MANY), String(MANY)],
    observe: (receiver) => ({
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: Math.max(...sizes(receiver, "spans")) === 7,
      OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: Math.max(...sizes(receiver, "logRecords")) === 7,
    }),
  },
  {
    name: "queues",
    given: { OTEL_BSP_MAX_QUEUE_SIZE: "5", OTEL_BLRP_MAX_QUEUE_SIZE: "5" },
    args: ["2000", "2000"],
    observe: ({ spans, logRecords }) => ({
      OTEL_BSP_MAX_QUEUE_SIZE: spans.length < 2000,
      OTEL_BLRP_MAX_QUEUE_SIZE: logRecords.length < 2000,
    }),
  },
];

const RESOURCE: Experiment[] = [{
  name: "the resource",
  given: {
    OTEL_SERVICE_NAME: "a shop",
    OTEL_RESOURCE_ATTRIBUTES: "team=a%20b,service.name=other",
    OTEL_ENTITIES: "host{host.id=h1}[floor=2]",
    OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: "host",
  },
  observe(receiver) {
    const { resource } = root(receiver)!;
    return {
      OTEL_SERVICE_NAME: resource[ATTR_SERVICE_NAME] === "a shop",
      OTEL_RESOURCE_ATTRIBUTES: resource.team === "a b",
      OTEL_ENTITIES: resource["host.id"] === "h1" && resource.floor === "2",
      OTEL_EXPERIMENTAL_RESOURCE_DETECTORS: ATTR_HOST_NAME in resource,
    };
  },
}];

const OTHERS: Experiment[] = [{
  name: "what is for others",
  given: {
    OTEL_LOG_LEVEL: "debug",
    OTEL_CONFIG_FILE: "deno.json",
    OTEL_EXPERIMENTAL_CONFIG_FILE: "deno.json",
    OTEL_SEMCONV_STABILITY_OPT_IN: "http/dup",
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: ".*",
  },
  observe: (receiver, { stderr }) => ({
    OTEL_LOG_LEVEL: /^(?!Warning: |Running |Instrumenting |Relaying |Sent ).+$/m.test(stderr),
    // The file is invalid, so a program that reads it stops.
    OTEL_CONFIG_FILE: root(receiver) === undefined,
    OTEL_EXPERIMENTAL_CONFIG_FILE: root(receiver) === undefined,
    OTEL_SEMCONV_STABILITY_OPT_IN: ATTR_HTTP_METHOD in serverAttributes(receiver),
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: ATTR_HTTP_REQUEST_HEADER("host") in
      serverAttributes(receiver),
  }),
}];

/** Every effect of the settings that an export over HTTP to a working server shows. */
export const EXPERIMENTS: readonly Experiment[] = [
  ...SAMPLING,
  ...LIMITS,
  ...PROPAGATION,
  ...METRICS,
  ...BATCHES,
  ...RESOURCE,
  ...OTHERS,
];
