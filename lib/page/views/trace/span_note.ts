import { type Find, finder, peerOf } from "../../../trace/peer.ts";
import type { TraceSpan } from "../../../trace/spans.ts";
import { countOf } from "../../format/number.ts";

/**
 * The most important facts about a span besides its name, in one line: the statement of a database,
 * the queue, the model and its tokens, the path or the status, and the server that a client calls.
 * Reads the attributes of the stable conventions, and those that they replaced; empty if no
 * convention applies.
 *
 * @param children The spans below it, which can tell whom it calls.
 * @see https://opentelemetry.io/docs/specs/semconv/
 */
export function spanNote(span: TraceSpan, children: readonly TraceSpan[] = []): string {
  const find = finder(span);
  const note = aiNote(find) ?? databaseNote(find) ?? messagingNote(find) ?? rpcNote(find) ??
    httpNote(find) ?? "";
  const peer = peerOf(span, children);
  const isSaid = peer === undefined || !peer.isService && note.includes(peer.name);
  const parts = isSaid ? [note] : [`→ ${peer.name}`, note];
  return parts.filter((part) => part !== "" && part !== span.name).join(" ").replace(/\s+/g, " ");
}

function aiNote(find: Find): string | undefined {
  const model = find("gen_ai.response.model", "gen_ai.request.model");
  const tool = find("gen_ai.tool.name");
  if (model === undefined) return tool && `tool ${tool}`;
  const [read, written] = [
    find("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
    find("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
  ];
  const tokens = [
    read === undefined ? "" : `${countOf(Number(read), "token")} in`,
    written === undefined ? "" : `${countOf(Number(written), "token")} out`,
  ].filter(Boolean);
  return [model, ...tokens].join(", ");
}

function databaseNote(find: Find): string | undefined {
  const system = find("db.system.name", "db.system");
  if (system === undefined) return undefined;
  const operation = [
    find("db.operation.name", "db.operation"),
    find("db.collection.name", "db.sql.table", "db.namespace", "db.name"),
  ].filter(Boolean).join(" ");
  return find("db.query.text", "db.statement") ?? `${system} ${operation}`.trim();
}

function messagingNote(find: Find): string | undefined {
  const system = find("messaging.system");
  if (system === undefined) return undefined;
  const operation = find(
    "messaging.operation.name",
    "messaging.operation.type",
    "messaging.operation",
  );
  const destination = find("messaging.destination.name");
  const count = find("messaging.batch.message_count");
  return [system, operation, destination, count && countOf(Number(count), "message")]
    .filter(Boolean).join(" ");
}

function rpcNote(find: Find): string | undefined {
  const system = find("rpc.system.name", "rpc.system");
  if (system === undefined) return undefined;
  const method = [find("rpc.service"), find("rpc.method")].filter(Boolean).join("/");
  const status = find("rpc.response.status_code", "rpc.grpc.status_code");
  return [system, method, status && `status ${status}`].filter(Boolean).join(" ");
}

function httpNote(find: Find): string | undefined {
  const method = find("http.request.method", "http.method");
  if (method === undefined) return undefined;
  const where = find("url.full", "http.url") ?? find("url.path", "http.target");
  return [where, find("http.response.status_code", "http.status_code")].filter(Boolean).join(" ");
}
