import { TLS_FILES } from "../../helpers/tls_files.ts";
import type { MISSING_WAYS } from "../../../lib/launcher/deno/sending.ts";
import type { Finished } from "../../helpers/program.ts";
import {
  type ReceivedRequest,
  type Receiver,
  startGrpcReceiver,
  startHttpReceiver,
} from "../../helpers/receiver.ts";
import { to } from "./launching.ts";

/** A trial of one way to send. */
export interface Trial {
  start(): Receiver | Promise<Receiver>;
  variables(receiver: Receiver): Record<string, string>;
  /** Whether everything happened as configured. */
  isAsMeant(receiver: Receiver, finished: Finished): boolean;
}

/** A way to send that Deno supports since a version. */
export interface OwnWay extends Trial {
  since: string;
}

/** Without time limits, Deno sends nothing itself. */
const SINCE = "2.7.12";
const GRPC_SINCE = "2.8.0";

const startHttp = () => startHttpReceiver();
const startGrpc = () => startGrpcReceiver();
const startHttps = () => startHttpReceiver({ tls: true });
const startGrpcs = () => startGrpcReceiver({ tls: true });

const TRUST = { OTEL_EXPORTER_OTLP_CERTIFICATE: TLS_FILES.ca };

/** Whether a signal has requests, all of the given kind. */
function all(
  { requests }: Receiver,
  signal: string,
  isKind: (request: ReceivedRequest) => boolean = () => true,
): boolean {
  const wanted = requests.filter((request) => request.signal === signal);
  return wanted.length > 0 && wanted.every(isKind);
}

/** Whether each signal has requests, all of the given kind. */
function each(receiver: Receiver, isKind?: (request: ReceivedRequest) => boolean): boolean {
  return ["traces", "metrics", "logs"].every((signal) => all(receiver, signal, isKind));
}

const isJson = ({ headers }: ReceivedRequest) => headers["content-type"] === "application/json";
const isProtobuf = ({ headers }: ReceivedRequest) =>
  headers["content-type"] === "application/x-protobuf";
const isZippedGrpc = ({ headers }: ReceivedRequest) => headers["grpc-encoding"] === "gzip";

/** A trial of all three signals. */
function trial(
  start: Trial["start"],
  protocol: string,
  variables?: Record<string, string>,
  isKind?: (request: ReceivedRequest) => boolean,
): Trial {
  return {
    start,
    variables: (receiver) => ({ ...to(receiver, protocol), ...variables }),
    isAsMeant: (receiver) => each(receiver, isKind),
  };
}

/** Only host and port, which means gRPC over TLS by default. */
const bare = (port: number) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: `localhost:${port}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
});

const HEADERS = {
  OTEL_EXPORTER_OTLP_HEADERS: "a=b%20c,k=x%3Dy",
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: "A=own",
};

const hasHeaders = ({ signal, headers }: ReceivedRequest) =>
  headers.a === (signal === "traces" ? "own" : "b c") && headers.k === "x=y";

/** What Deno does itself, and since which version. */
export const OWN_WAYS: Record<string, OwnWay> = {
  "http/protobuf": { since: SINCE, ...trial(startHttp, "http/protobuf", undefined, isProtobuf) },
  "http/json": { since: SINCE, ...trial(startHttp, "http/json", undefined, isJson) },
  "gRPC": { since: GRPC_SINCE, ...trial(startGrpc, "grpc") },
  "no compression": {
    since: SINCE,
    ...trial(startHttp, "http/protobuf", {
      OTEL_EXPORTER_OTLP_COMPRESSION: "none",
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: "none",
    }, ({ headers }) => headers["content-encoding"] === undefined),
  },
  "gzip over gRPC": {
    since: GRPC_SINCE,
    ...trial(startGrpc, "grpc", { OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" }, isZippedGrpc),
  },
  "headers over HTTP": {
    since: SINCE,
    ...trial(startHttp, "http/protobuf", HEADERS, hasHeaders),
  },
  "headers over gRPC": { since: GRPC_SINCE, ...trial(startGrpc, "grpc", HEADERS, hasHeaders) },
  "TLS over HTTP": { since: SINCE, ...trial(startHttps, "http/protobuf", TRUST) },
  "TLS over gRPC": { since: GRPC_SINCE, ...trial(startGrpcs, "grpc", TRUST) },
  "a certificate for the one signal": {
    since: SINCE,
    start: startHttps,
    variables: (receiver) => ({
      ...to(receiver),
      OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE: TLS_FILES.ca,
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
    }),
    isAsMeant: (receiver) => all(receiver, "traces") && !all(receiver, "logs"),
  },
  "a time limit": {
    since: GRPC_SINCE,
    ...trial(
      startGrpc,
      "grpc",
      { OTEL_EXPORTER_OTLP_TIMEOUT: "90000" },
      // The time that remains; the default limit is 10,000.
      ({ headers }) => /^[1-8]\d{4}m$|^90000m$/.test(headers["grpc-timeout"]!),
    ),
  },
  "places and headers by signal": {
    since: SINCE,
    start: startHttp,
    variables: ({ url }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/base/`,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/own/traces`,
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${url}/own/metrics`,
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: "of=metrics",
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: "of=logs",
    }),
    isAsMeant: (receiver) =>
      all(receiver, "traces", ({ path, headers }) => path === "/own/traces" && !headers.of) &&
      all(
        receiver,
        "metrics",
        ({ path, headers }) => path === "/own/metrics" && headers.of === "metrics",
      ) &&
      all(
        receiver,
        "logs",
        ({ path, headers }) => path === "/base/v1/logs" && headers.of === "logs",
      ),
  },
  "a place without a scheme": {
    since: GRPC_SINCE,
    start: startGrpc,
    variables: ({ port }) => ({
      ...bare(port),
      OTEL_EXPORTER_OTLP_INSECURE: "true",
    }),
    isAsMeant: (receiver) => each(receiver),
  },
  "a place without a scheme, signal by signal": {
    since: GRPC_SINCE,
    start: startGrpc,
    variables: ({ port }) => ({
      ...bare(port),
      OTEL_EXPORTER_OTLP_TRACES_INSECURE: "true",
      OTEL_EXPORTER_OTLP_METRICS_INSECURE: "true",
    }),
    isAsMeant: (receiver) =>
      all(receiver, "traces") && all(receiver, "metrics") && !all(receiver, "logs"),
  },
  "a gRPC endpoint with a path, which does not count": {
    since: GRPC_SINCE,
    start: startGrpc,
    variables: ({ url }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/base`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    }),
    isAsMeant: (receiver) => each(receiver, ({ path }) => path.startsWith("/opentelemetry.proto.")),
  },
};

/** Trials which show that Deno doesn't support a way, or didn't in some version. */
export const MISSING_WAY_TRIALS: Record<
  Exclude<keyof typeof MISSING_WAYS, "severalTimeLimits" | "metricsTimeLimit" | "timeLimit">,
  Trial
> = {
  grpc: trial(startGrpc, "grpc"),
  gzipOverHttp: trial(
    startHttp,
    "http/protobuf",
    { OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" },
    ({ headers }) => headers["content-encoding"] === "gzip",
  ),
  console: {
    start: startHttp,
    variables: (receiver) => ({ ...to(receiver), OTEL_TRACES_EXPORTER: "console" }),
    isAsMeant: (receiver, { stdout }) =>
      !all(receiver, "traces") && all(receiver, "logs") &&
      stdout.includes('"name": "root"') && !stdout.includes('"body":'),
  },
  severalPlaces: {
    start: startHttp,
    variables: (receiver) => ({ ...to(receiver), OTEL_LOGS_EXPORTER: "otlp,console" }),
    isAsMeant: (receiver, { stdout }) => each(receiver) && stdout.includes('"body": "0123456789'),
  },
  severalProtocols: trial(
    startHttp,
    "http/protobuf",
    { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json" },
    (request) => request.signal === "traces" ? isJson(request) : isProtobuf(request),
  ),
  someCompressed: trial(
    startGrpc,
    "grpc",
    { OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: "gzip" },
    (request) => isZippedGrpc(request) === (request.signal === "traces"),
  ),
  severalCertificates: {
    start: startHttps,
    variables: (receiver) => ({
      ...to(receiver),
      ...TRUST,
      // Not a CA certificate, so the server isn't trusted.
      OTEL_EXPORTER_OTLP_LOGS_CERTIFICATE: TLS_FILES.clientCert,
    }),
    isAsMeant: (receiver) =>
      all(receiver, "traces") && all(receiver, "metrics") && !all(receiver, "logs"),
  },
  unusableFiles: {
    start: startHttps,
    variables: (receiver) => ({
      ...to(receiver),
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: TLS_FILES.clientCert,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: TLS_FILES.key,
    }),
    isAsMeant: ({ requests }, { code }) => code === 0 && requests.length === 0,
  },
  headers: trial(
    startHttp,
    "http/protobuf",
    { OTEL_EXPORTER_OTLP_HEADERS: "empty=" },
    ({ headers }) => headers.empty === "",
  ),
  proxy: {
    start: startHttp,
    // A proxy gets plaintext requests as the server would, except for the full URL.
    variables: ({ url }) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.invalid:4318",
      HTTP_PROXY: url,
      NO_PROXY: "localhost,127.0.0.0/8",
    }),
    isAsMeant: (receiver) => each(receiver),
  },
  attributes: {
    start: startHttp,
    variables: (receiver) => ({
      ...to(receiver),
      OTEL_RESOURCE_ATTRIBUTES: "plain=a%20b%25,list=1%2C2,edge=%20x",
    }),
    isAsMeant: ({ spans }) =>
      spans.length > 0 &&
      spans.every(({ resource: { plain, list, edge } }) =>
        plain === "a b%" && list === "1,2" && edge === " x"
      ),
  },
  credentials: {
    start: startHttp,
    variables: ({ url }) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url.replace("//", "//me:secret@") }),
    isAsMeant: (receiver) =>
      each(receiver, ({ headers }) => headers.authorization === `Basic ${btoa("me:secret")}`),
  },
};
