/**
 * Attributes of earlier semantic conventions with their stable names. Only renames with a stable new name are
 * listed; an attribute that was split has both parts.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/http-migration/
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/db-migration/
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/
 */
export const RENAMED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  "http.method": ["http.request.method"],
  "http.status_code": ["http.response.status_code"],
  "http.url": ["url.full"],
  "http.target": ["url.path", "url.query"],
  "http.scheme": ["url.scheme"],
  "http.host": ["server.address", "server.port"],
  "http.server_name": ["server.address"],
  "http.client_ip": ["client.address"],
  "http.user_agent": ["user_agent.original"],
  "http.flavor": ["network.protocol.version"],
  "net.host.name": ["server.address"],
  "net.host.port": ["server.port"],
  "net.peer.name": ["server.address", "client.address"],
  "net.peer.port": ["server.port", "client.port"],
  "net.peer.ip": ["network.peer.address"],
  "net.host.ip": ["network.local.address"],
  "net.sock.peer.addr": ["network.peer.address"],
  "net.sock.peer.port": ["network.peer.port"],
  "net.sock.host.addr": ["network.local.address"],
  "net.sock.host.port": ["network.local.port"],
  "net.transport": ["network.transport"],
  "net.protocol.name": ["network.protocol.name"],
  "net.protocol.version": ["network.protocol.version"],
  "net.sock.family": ["network.type"],
  "db.system": ["db.system.name"],
  "db.name": ["db.namespace"],
  "db.statement": ["db.query.text"],
  "db.operation": ["db.operation.name"],
  "db.sql.table": ["db.collection.name"],
  "db.mongodb.collection": ["db.collection.name"],
  "code.function": ["code.function.name"],
  "code.namespace": ["code.function.name"],
  "code.filepath": ["code.file.path"],
  "code.lineno": ["code.line.number"],
  "code.column": ["code.column.number"],
};
