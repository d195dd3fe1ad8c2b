/**
 * What the semantic conventions mean by the attributes that one meets most, in short words of ours.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
const MEANINGS: Record<string, string> = {
  "http.request.method": "The request's method. Unusual ones become _OTHER.",
  "http.request.method_original": "The method as it was sent, where it is not a usual one.",
  "http.response.status_code": "The status code of the answer.",
  "http.route":
    "The pattern that the path matched, such as /items/:id. Low in variety: good for grouping.",
  "http.request.body.size": "Bytes of the request's body as sent, compressed or not.",
  "http.response.body.size": "Bytes of the answer's body as sent, compressed or not.",
  "http.request.resend_count": "How often this request had been sent before.",
  "url.full": "The whole address of a request that was made, without credentials.",
  "url.path": "The path of the address, without the query.",
  "url.query": "What stands behind the question mark; secrets are taken out.",
  "url.scheme": "How the server was reached: http or https.",
  "url.template": "The pattern of the address that a client called.",
  "server.address": "The host that was asked for, as the client knows it.",
  "server.port": "The port that was asked for.",
  "client.address": "Who asked: the client behind all proxies, as far as known.",
  "client.port": "The client's port.",
  "network.peer.address": "The other end of the connection itself, which may be a proxy.",
  "network.peer.port": "The port at the other end of the connection.",
  "network.protocol.name": "The protocol on top of the connection, such as http.",
  "network.protocol.version": "Its version, such as 1.1 or 2.",
  "network.transport": "What carries it: tcp, udp, unix …",
  "network.type": "ipv4 or ipv6.",
  "user_agent.original": "The User-Agent header as the client sent it.",
  "error.type": "What kind of error it was: an exception's type, or a status code. Low in variety.",
  "exception.type": "The type of the exception, such as RangeError.",
  "exception.message": "What the exception says.",
  "exception.stacktrace": "Where the exception comes from, as the runtime writes it.",
  "db.system.name": "Which database product it is.",
  "db.query.text": "The query, with its values replaced.",
  "db.operation.name": "What is done, such as SELECT.",
  "db.collection.name": "The table or collection.",
  "db.namespace": "The database, with its schema.",
  "messaging.system": "Which messaging product it is.",
  "messaging.destination.name": "The queue or topic.",
  "messaging.operation.name": "What is done with the message, in the product's words.",
  "rpc.system": "Which system of remote calls, such as grpc.",
  "rpc.method": "The method that was called.",
  "code.function.name": "The function that made this, with its module.",
  "code.file.path": "The source file.",
  "code.line.number": "The line in the source file.",
  "service.name":
    "Which service this is. The same for all of its processes; without it nothing can be told apart.",
  "service.version": "Which version of the service.",
  "service.namespace": "The family that the service belongs to.",
  "service.instance.id": "Which of several processes of the service.",
  "deployment.environment.name": "Where it runs: production, staging …",
  "telemetry.sdk.name": "The SDK that made this telemetry.",
  "telemetry.sdk.language": "The language of that SDK.",
  "telemetry.sdk.version": "The version of that SDK.",
  "process.pid": "The number of the process.",
  "process.runtime.name": "What runs the program, such as deno or nodejs.",
  "process.runtime.version": "The version of what runs the program.",
  "process.executable.name": "The program's name.",
  "process.command": "The command that started the process.",
  "host.name": "The machine's name.",
  "host.arch": "The machine's processor architecture.",
  "os.type": "The operating system.",
  "container.id": "The container that it runs in.",
  "k8s.pod.name": "The Kubernetes pod that it runs in.",
};

/** Meanings of whole families, where the rest of the key is free. */
const FAMILIES: readonly [prefix: string, meaning: string][] = [
  ["http.request.header.", "A header of the request that the app chose to record."],
  ["http.response.header.", "A header of the answer that the app chose to record."],
];

/** What a convention means by an attribute; undefined for those that are not of a convention we know. */
export function attributeMeaning(key: string): string | undefined {
  if (Object.hasOwn(MEANINGS, key)) return MEANINGS[key];
  return FAMILIES.find(([prefix]) => key.startsWith(prefix))?.[1];
}
