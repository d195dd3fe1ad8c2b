/**
 * Short descriptions of the most common attributes of the semantic conventions, in the kit's own words.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
const MEANINGS: Record<string, string> = {
  "http.request.method": "HTTP request method. Unknown methods become _OTHER.",
  "http.request.method_original": "The method as sent, if it is not a known one.",
  "http.response.status_code": "Status code of the response.",
  "http.route":
    "Route pattern that the path matched, such as /items/:id. Low cardinality, so good for grouping.",
  "http.request.body.size": "Size of the request body in bytes, as sent (compressed or not).",
  "http.response.body.size": "Size of the response body in bytes, as sent (compressed or not).",
  "http.request.resend_count": "How many times this request was sent before.",
  "url.full": "Full URL of an outgoing request, without credentials.",
  "url.path": "Path of the URL, without the query.",
  "url.query": "Query of the URL, with secrets redacted.",
  "url.scheme": "Scheme of the URL: http or https.",
  "url.template": "Pattern of the URL that the client called.",
  "server.address": "Host of the server, as the client addressed it.",
  "server.port": "Port of the server.",
  "client.address": "Address of the client, behind all proxies if known.",
  "client.port": "Port of the client.",
  "network.peer.address": "Address at the other end of the connection, which might be a proxy.",
  "network.peer.port": "Port at the other end of the connection.",
  "network.protocol.name": "Application protocol, such as http.",
  "network.protocol.version": "Version of the protocol, such as 1.1 or 2.",
  "network.transport": "Transport protocol: tcp, udp, unix …",
  "network.type": "ipv4 or ipv6.",
  "user_agent.original": "User-Agent header that the client sent.",
  "error.type": "Kind of error: an exception type or a status code. Low cardinality.",
  "exception.type": "Type of the exception, such as RangeError.",
  "exception.message": "Message of the exception.",
  "exception.stacktrace": "Stack trace, in the format of the runtime.",
  "db.system.name": "Database product.",
  "db.query.text": "Database query, with values replaced.",
  "db.operation.name": "Database operation, such as SELECT.",
  "db.collection.name": "Table or collection.",
  "db.namespace": "Database, with its schema.",
  "messaging.system": "Messaging product.",
  "messaging.destination.name": "Queue or topic.",
  "messaging.operation.name": "Messaging operation, in the terms of the product.",
  "rpc.system": "RPC system, such as grpc.",
  "rpc.method": "Method that was called.",
  "code.function.name": "Function that created this span, with its module.",
  "code.file.path": "Source file.",
  "code.line.number": "Line in the source file.",
  "service.name":
    "Name of the service, shared by all of its instances. Without it, you can't tell services apart.",
  "service.version": "Version of the service.",
  "service.namespace": "Namespace of the service.",
  "service.instance.id": "Unique ID of this instance of the service.",
  "deployment.environment.name": "Deployment environment: production, staging …",
  "telemetry.sdk.name": "SDK that created this telemetry.",
  "telemetry.sdk.language": "Language of the SDK.",
  "telemetry.sdk.version": "Version of the SDK.",
  "process.pid": "Process ID.",
  "process.runtime.name": "Runtime of the program, such as deno or nodejs.",
  "process.runtime.version": "Version of the runtime.",
  "process.executable.name": "Name of the executable.",
  "process.command": "Command that started the process.",
  "host.name": "Name of the host.",
  "host.arch": "CPU architecture of the host.",
  "os.type": "Operating system.",
  "container.id": "ID of the container.",
  "k8s.pod.name": "Name of the Kubernetes pod.",
};

/** Meanings of whole families of attributes; the rest of the key can be anything. */
const FAMILIES: readonly [prefix: string, meaning: string][] = [
  ["http.request.header.", "Request header that the app captured."],
  ["http.response.header.", "Response header that the app captured."],
];

/** The meaning of an attribute; undefined if it isn't part of a known convention. */
export function attributeMeaning(key: string): string | undefined {
  if (Object.hasOwn(MEANINGS, key)) return MEANINGS[key];
  return FAMILIES.find(([prefix]) => key.startsWith(prefix))?.[1];
}
