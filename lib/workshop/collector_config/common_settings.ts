import type { Setting, Settings } from "./schema.ts";

/**
 * Groups of settings that several components share, as in the published schemas of the Collector 0.161:
 * `config.schema.yaml` in its `config/` and `exporter/exporterhelper/`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/config
 */
const TEXTS: Setting = { listOf: "text" };

const AUTH: Settings = { settings: { authenticator: "text", request_params: TEXTS } };
const MIDDLEWARES: Setting = { listOf: "any" };
const COMPRESSION: Setting = {
  oneOf: ["", "none", "gzip", "zlib", "deflate", "snappy", "zstd", "lz4", "x-snappy-framed"],
};

const TLS = {
  ca_file: "text",
  ca_pem: "text",
  cert_file: "text",
  cert_pem: "text",
  cipher_suites: TEXTS,
  curve_preferences: TEXTS,
  include_system_ca_certs_pool: "boolean",
  key_file: "text",
  key_pem: "text",
  max_version: "text",
  min_version: "text",
  reload_interval: "duration",
  tpm: "any",
} as const;

const CLIENT_TLS: Settings = {
  settings: {
    ...TLS,
    insecure: "boolean",
    insecure_skip_verify: "boolean",
    server_name_override: "text",
  },
};

const SERVER_TLS: Settings = {
  settings: { ...TLS, client_ca_file: "text", client_ca_file_reload: "boolean" },
};

/** `configgrpc.ClientConfig`. */
export const GRPC_CLIENT = {
  auth: AUTH,
  authority: "text",
  balancer_name: "text",
  compression: COMPRESSION,
  endpoint: "text",
  headers: "any",
  keepalive: {
    settings: { permit_without_stream: "boolean", time: "duration", timeout: "duration" },
  },
  middlewares: MIDDLEWARES,
  read_buffer_size: "integer",
  tls: CLIENT_TLS,
  user_agent: "text",
  wait_for_ready: "boolean",
  write_buffer_size: "integer",
} as const;

/** `configgrpc.ServerConfig`. */
export const GRPC_SERVER = {
  auth: AUTH,
  dialer: { settings: { timeout: "duration" } },
  endpoint: "text",
  include_metadata: "boolean",
  keepalive: "any",
  max_concurrent_streams: "integer",
  max_recv_msg_size_mib: "integer",
  middlewares: MIDDLEWARES,
  read_buffer_size: "integer",
  tls: SERVER_TLS,
  transport: "text",
  write_buffer_size: "integer",
} as const;

/** `confighttp.ClientConfig`. */
export const HTTP_CLIENT = {
  auth: AUTH,
  compression: COMPRESSION,
  compression_params: { settings: { level: "any" } },
  cookies: "any",
  disable_keep_alives: "boolean",
  endpoint: "text",
  force_attempt_http2: "boolean",
  headers: "any",
  http2_ping_timeout: "duration",
  http2_read_idle_timeout: "duration",
  idle_conn_timeout: "duration",
  max_conns_per_host: "integer",
  max_idle_conns: "integer",
  max_idle_conns_per_host: "integer",
  middlewares: MIDDLEWARES,
  proxy_url: "text",
  read_buffer_size: "integer",
  timeout: "duration",
  tls: CLIENT_TLS,
  write_buffer_size: "integer",
} as const;

/** `confighttp.ServerConfig`. */
export const HTTP_SERVER = {
  auth: AUTH,
  compression_algorithms: TEXTS,
  cors: {
    settings: {
      allowed_headers: TEXTS,
      allowed_origins: TEXTS,
      exposed_headers: TEXTS,
      max_age: "integer",
    },
  },
  endpoint: "text",
  idle_timeout: "duration",
  include_metadata: "boolean",
  keep_alives_enabled: "boolean",
  max_request_body_size: "integer",
  middlewares: MIDDLEWARES,
  read_header_timeout: "duration",
  read_timeout: "duration",
  response_headers: "any",
  tls: SERVER_TLS,
  transport: "text",
  write_timeout: "duration",
} as const;

const SENDING_QUEUE: Settings = {
  settings: {
    batch: {
      settings: {
        flush_timeout: "duration",
        max_size: "integer",
        min_size: "integer",
        partition: { settings: { metadata_keys: TEXTS } },
        sizer: "text",
      },
    },
    block_on_overflow: "boolean",
    enabled: "boolean",
    num_consumers: "integer",
    queue_size: "integer",
    sizer: "text",
    storage: "text",
    wait_for_result: "boolean",
  },
};

/** How an exporter queues, and tries again. */
export const QUEUE_AND_RETRY = {
  retry_on_failure: {
    settings: {
      enabled: "boolean",
      initial_interval: "duration",
      max_elapsed_time: "duration",
      max_interval: "duration",
      multiplier: "number",
      randomization_factor: "number",
    },
  },
  sending_queue: SENDING_QUEUE,
} as const;

/** Only the queue, for exporters that don't try again. */
export const QUEUE = { sending_queue: SENDING_QUEUE } as const;
