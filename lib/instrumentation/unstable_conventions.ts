/**
 * Names from conventions that are not stable yet. Their package may change them in any minor version, so they
 * are copied, as it recommends.
 *
 * @see https://github.com/open-telemetry/opentelemetry-js/tree/main/semantic-conventions#unstable-semconv
 */

/** The method of HTTP requests that query with a body. */
export const HTTP_REQUEST_METHOD_VALUE_QUERY = "QUERY";

/** The number of requests that a server is answering. */
export const METRIC_HTTP_SERVER_ACTIVE_REQUESTS = "http.server.active_requests";
