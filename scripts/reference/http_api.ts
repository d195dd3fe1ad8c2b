import { DEFAULT_PORTS } from "../../lib/default_ports.ts";
import { code, generatedNote, table } from "./markdown.ts";

/** A route of the page's port, for the reference; a test compares the list with the served routes. */
export interface RouteDescription {
  method: "GET" | "POST" | "DELETE";
  path: string;
  /** A sentence about what it does. */
  does: string;
  /** Query parameters, or the content of the body. */
  takes?: string;
}

interface RouteGroup {
  heading: string;
  about: string;
  routes: readonly RouteDescription[];
}

const JAEGER_SEARCH = "`query.service_name`, `query.operation_name`, `query.attributes` (JSON), " +
  "`query.start_time_min`, `query.start_time_max` (RFC 3339, both required), " +
  "`query.duration_min`, `query.duration_max`, `query.search_depth`";

/** All routes of the page's port. */
export const ROUTE_GROUPS: readonly RouteGroup[] = [
  {
    heading: "otel-kit",
    about: 'Answers are JSON. Errors have the form `{"error": "..."}`. Durations are written ' +
      "with a unit, such as `10ms` or `1.5s`.",
    routes: [
      {
        method: "GET",
        path: "/api/kit/traces",
        does: "Lists traces, the last received first",
        takes: "`query` (see the [query language](query.md)), `service`, `operation`, " +
          "`attribute=key=value` (repeatable), `min_duration`, " +
          "`max_duration`, `start_time_min`, `start_time_max` (of a span, in nanoseconds since " +
          "1970), `trace_start_min`, `trace_start_max` (of the whole trace), `trace_id` " +
          "(repeatable), `status` (`error` or `ok`), `q` (free text), `sort` (`start`, `service`, " +
          "`name`, `errors`, `spans`, or `duration`; `-duration` is the longest first), `limit`, " +
          "`before` (a trace ID)",
      },
      {
        method: "GET",
        path: "/api/kit/traces/points",
        does: "Lists traces with few fields, for a chart",
        takes: "As above",
      },
      {
        method: "GET",
        path: "/api/kit/traces/:id",
        does: "Returns one trace: summary, hints, log records, and spans as OTLP JSON",
      },
      {
        method: "GET",
        path: "/api/kit/traces/:id/html",
        does: "Downloads one trace as a page that works offline",
      },
      { method: "DELETE", path: "/api/kit/traces/:id", does: "Deletes one trace" },
      {
        method: "GET",
        path: "/api/kit/services",
        does: "Lists services with request rates, error rates, and durations",
        takes: "`window` (from `1s` to `24h`, default `60s`)",
      },
      {
        method: "GET",
        path: "/api/kit/fields",
        does: "Lists attributes of the newest spans with some of their values",
      },
      {
        method: "GET",
        path: "/api/kit/logs",
        does: "Lists log records, newest first",
        takes: "`trace_id`, `span_id`, `service`, `severity` (a name or a number; that severity " +
          "and higher), `q` (free text), `time_min`, `time_max` (nanoseconds since 1970), " +
          "`limit`, `before`",
      },
      {
        method: "GET",
        path: "/api/kit/logs/volume",
        does: "Counts log records over time, by severity",
        takes: "As above, without `limit` and `before`",
      },
      { method: "GET", path: "/api/kit/metrics", does: "Lists metrics" },
      { method: "GET", path: "/api/kit/metrics/:name", does: "Returns one metric with its points" },
      {
        method: "GET",
        path: "/api/kit/exports",
        does: "Lists the latest export requests and what was rejected",
        takes:
          "`limit` (default 200), `outcome` (`accepted`, `partial`, or `refused`; the last 200 " +
          "of each are kept)",
      },
      { method: "GET", path: "/api/kit/hints", does: "Lists hints about all traces together" },
      { method: "GET", path: "/api/kit/stats", does: "Returns counters of the collector" },
      {
        method: "GET",
        path: "/api/kit/events",
        does: "Streams changes as server-sent events",
        takes: "Header `Last-Event-ID` to resume",
      },
      {
        method: "GET",
        path: "/api/kit/data",
        does: "Exports all data of a signal: one line of OTLP JSON per request",
        takes: "`signal` (`traces`, `metrics`, or `logs`; required)",
      },
      {
        method: "POST",
        path: "/api/kit/data",
        does: "Imports such a file",
        takes: "Body: one line of OTLP JSON per request",
      },
      { method: "DELETE", path: "/api/kit/data", does: "Deletes all data" },
      {
        method: "GET",
        path: "/api/kit/guests",
        does: "Returns what `compare` and `guide` return, or null for each that is missing",
      },
      {
        method: "GET",
        path: "/api/kit/compare",
        does: "Describes the four apps and their code (`demo` only)",
      },
      {
        method: "POST",
        path: "/api/kit/compare",
        does: "Sends one request to all four apps, and returns their responses (`demo` only)",
        takes: 'Body: `{"path": "/error"}`',
      },
      {
        method: "GET",
        path: "/api/kit/compare/:id",
        does: "Returns the responses to such a request; the last 100 are kept (`demo` only)",
      },
      {
        method: "GET",
        path: "/api/kit/guide",
        does: "Returns the current step (`guide` only)",
      },
      {
        method: "POST",
        path: "/api/kit/guide",
        does: "Does what a key does in the guide (`guide` only)",
        takes: "Body: JSON",
      },
    ],
  },
  {
    heading: "Jaeger",
    about: "The subset of Jaeger's [stable query API](https://www.jaegertracing.io/docs/latest/" +
      "apis/#query-json-over-http) that Grafana and other clients use. Attributes are those of a " +
      "span, its resource, its scope, an event, or a link. `error`, `span.status`, `span.kind`, " +
      "`scope.name`, `scope.version`, and `resource.KEY` refer to a span's fields and its resource.",
    routes: [
      { method: "GET", path: "/api/v3/services", does: "Lists service names" },
      {
        method: "GET",
        path: "/api/v3/operations",
        does: "Lists the span names of a service",
        takes: "`service`, `span_kind`",
      },
      {
        method: "GET",
        path: "/api/v3/traces",
        does: "Searches traces",
        takes: JAEGER_SEARCH,
      },
      {
        method: "GET",
        path: "/api/v3/trace-summaries",
        does: "Searches traces, and returns a summary of each",
        takes: "as `/api/v3/traces`",
      },
      { method: "GET", path: "/api/v3/traces/:trace_id", does: "Returns one trace" },
    ],
  },
  {
    heading: "Jaeger's page",
    about: "The API that Jaeger's page and Grafana's Jaeger data source use, with traces in " +
      "Jaeger's own JSON. Errors have Jaeger's form. Unknown parameters are refused.",
    routes: [
      { method: "GET", path: "/api/services", does: "Lists service names" },
      {
        method: "GET",
        path: "/api/services/:service/operations",
        does: "Lists the span names of a service",
      },
      {
        method: "GET",
        path: "/api/operations",
        does: "Lists span names and kinds of a service",
        takes: "`service` (required), `spanKind`",
      },
      {
        method: "GET",
        path: "/api/traces",
        does: "Searches traces, or returns those with an ID",
        takes:
          "`service` (required), `operation`, `tags` (JSON), `tag=key:value`, `minDuration`, " +
          "`maxDuration`, `start`, `end` (microseconds since 1970; the last two days by " +
          "default), `limit`; or `traceID` (repeatable)",
      },
      { method: "GET", path: "/api/traces/:id", does: "Returns one trace" },
      {
        method: "GET",
        path: "/api/dependencies",
        does: "Lists calls between services",
        takes: "`endTs`, `lookback` (milliseconds), `service`",
      },
    ],
  },
  {
    heading: "Zipkin",
    about: "The part of [Zipkin's API v2](https://zipkin.io/zipkin-api/) for reading, so that " +
      "Zipkin's own page and Grafana work. Errors come as plain text. Unknown parameters are refused. " +
      "Give times and periods in milliseconds, and durations in microseconds. Without `endTs` and " +
      "`lookback`, searches cover the last day.",
    routes: [
      { method: "GET", path: "/api/v2/services", does: "Lists service names, in lowercase" },
      {
        method: "GET",
        path: "/api/v2/spans",
        does: "Lists the span names of a service",
        takes: "`serviceName`",
      },
      {
        method: "GET",
        path: "/api/v2/remoteServices",
        does: "Lists the names of what a service calls",
        takes: "`serviceName`",
      },
      {
        method: "GET",
        path: "/api/v2/traces",
        does: "Searches traces",
        takes: "`serviceName`, `spanName`, `remoteServiceName`, `annotationQuery`, " +
          "`minDuration`, `maxDuration`, `endTs`, `lookback`, `limit`",
      },
      { method: "GET", path: "/api/v2/trace/:id", does: "Returns one trace" },
      {
        method: "GET",
        path: "/api/v2/traceMany",
        does: "Returns several traces",
        takes: "`traceIds` (separated by commas)",
      },
      {
        method: "GET",
        path: "/api/v2/dependencies",
        does: "Lists calls between services",
        takes: "`endTs` (required), `lookback`",
      },
      {
        method: "GET",
        path: "/api/v2/autocompleteKeys",
        does: "Lists the tags of the latest traces",
      },
      {
        method: "GET",
        path: "/api/v2/autocompleteValues",
        does: "Lists the values of a tag in the latest traces",
        takes: "`key`",
      },
      {
        method: "GET",
        path: "/zipkin/config.json",
        does: "Returns the settings of Zipkin's page",
      },
    ],
  },
  {
    heading: "Prometheus",
    about: "What Grafana's Prometheus data source asks for, by [Prometheus's HTTP API](https://" +
      "prometheus.io/docs/prometheus/latest/querying/api/), and the collector's own metrics. What is " +
      "not evaluated is refused by name.",
    routes: [
      {
        method: "GET",
        path: "/api/v1/query",
        does: "Evaluates a PromQL query at one time",
        takes: "`query`, `time`",
      },
      { method: "POST", path: "/api/v1/query", does: "The same with a form as its body" },
      {
        method: "GET",
        path: "/api/v1/query_range",
        does: "Evaluates a query at many times",
        takes: "`query`, `start`, `end`, `step`",
      },
      { method: "POST", path: "/api/v1/query_range", does: "The same with a form as its body" },
      {
        method: "GET",
        path: "/api/v1/series",
        does: "Lists the series that selectors mean",
        takes: "`match[]`, `start`, `end`, `limit`",
      },
      { method: "POST", path: "/api/v1/series", does: "The same with a form as its body" },
      {
        method: "GET",
        path: "/api/v1/labels",
        does: "Lists label names",
        takes: "`match[]`, `start`, `end`, `limit`",
      },
      { method: "POST", path: "/api/v1/labels", does: "The same with a form as its body" },
      {
        method: "GET",
        path: "/api/v1/label/:name/values",
        does: "Lists the values of a label",
        takes: "`match[]`, `start`, `end`, `limit`",
      },
      {
        method: "GET",
        path: "/api/v1/metadata",
        does: "Returns type and description by metric",
        takes: "`metric`, `limit`",
      },
      { method: "GET", path: "/api/v1/status/buildinfo", does: "Returns the API's version" },
      { method: "GET", path: "/api/v1/rules", does: "Returns no rules" },
      { method: "GET", path: "/api/v1/alerts", does: "Returns no alerts" },
      { method: "GET", path: "/api/v1/alertmanagers", does: "Returns no Alertmanagers" },
      {
        method: "GET",
        path: "/api/v1/query_exemplars",
        does: "Returns the exemplars of the series in a query",
        takes: "`query`, `start`, `end`",
      },
      { method: "POST", path: "/api/v1/query_exemplars", does: "The same" },
      { method: "GET", path: "/metrics", does: "Returns the collector's own metrics" },
      {
        method: "GET",
        path: "/-/healthy",
        does: "Answers 200 while the collector runs; needs no token",
      },
      { method: "GET", path: "/-/ready", does: "Answers 200 when the collector is ready" },
    ],
  },
];

/** The page of the HTTP API. */
export function httpApiPage(): string {
  const { httpPort, grpcPort, uiPort } = DEFAULT_PORTS;
  return [
    "# HTTP API",
    generatedNote("`scripts/reference/http_api.ts`"),
    "## Sending telemetry",
    table(["Port", "Protocol", "Paths"], [
      [
        String(httpPort),
        "OTLP/HTTP, protobuf or JSON, optionally gzip",
        "`POST /v1/traces`, `/v1/metrics`, `/v1/logs`",
      ],
      [
        String(grpcPort),
        "OTLP/gRPC",
        "The three `Export` services and `grpc.health.v1.Health`",
      ],
    ]),
    "## Reading telemetry",
    `The page's port (${uiPort}) serves these paths; every other path leads to the page. If the ` +
    "collector listens on an address other than loopback, send its token: " +
    "`Authorization: Bearer TOKEN`.",
    ...ROUTE_GROUPS.flatMap(({ heading, about, routes }) => [
      `### ${heading}`,
      about,
      table(
        ["Request", "What it does", "Parameters"],
        routes.map((
          { method, path, does, takes = "" },
        ) => [code(`${method} ${path}`), does, takes]),
      ),
    ]),
  ].join("\n\n");
}
