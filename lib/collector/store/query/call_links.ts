/** The parts of a span that calls between services are derived from. */
export interface CallSpan {
  id: string;
  /** Empty if the span has no parent. */
  parentId: string;
  /** A number from OTLP's `SpanKind`. */
  kind: number;
  service: string;
  /** Whether the span's status is ERROR. */
  isError: boolean;
  /** Whether the span has the tag `error` in Zipkin. */
  hasErrorTag(): boolean;
  /** The name of the service that a CLIENT or PRODUCER span calls. */
  remoteName(): string | undefined;
}

/** A call from one service to another. */
export interface Link {
  parent: string;
  child: string;
  isError: boolean;
}

const INTERNAL = 1;
const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;
const CONSUMER = 5;

/** A span in its trace. */
interface Node {
  span: CallSpan;
  parent: Node | undefined;
  hasChildren: boolean;
  /** For an internal span: whether its ancestor has been looked up, and the result. */
  isSeen: boolean;
  ancestor: Node | undefined;
}

/**
 * Counts like Jaeger: every span with a parent is a call from the parent's service, including calls to
 * itself.
 *
 * @see https://github.com/jaegertracing/jaeger/blob/main/internal/storage/v2/memory/tenant.go
 */
export function parentLinks(spans: readonly CallSpan[]): Link[] {
  return nodesOf(spans).flatMap(({ span: { service, isError }, parent }) =>
    parent ? [{ parent: parent.span.service, child: service, isError }] : []
  );
}

/**
 * Counts like Zipkin: by span kind, and by the name of the called service if that reports no spans.
 *
 * @see
 * https://github.com/openzipkin/zipkin/blob/master/zipkin/src/main/java/zipkin2/internal/DependencyLinker.java
 */
export function zipkinLinks(spans: readonly CallSpan[]): Link[] {
  const nodes = nodesOf(spans);
  adoptOrphans(nodes);
  return nodes.flatMap((node) => {
    const { kind } = node.span;
    if (kind === SERVER || kind === CLIENT) return rpcLinks(node);
    return kind === PRODUCER || kind === CONSUMER ? messagingLinks(node) : [];
  });
}

/** A broker that reports no spans appears only in the producer's span. */
function messagingLinks({ span }: Node): Link[] {
  const remote = span.remoteName();
  const service = span.service.toLowerCase();
  return remote && service ? [{ parent: service, child: remote, isError: span.hasErrorTag() }] : [];
}

function rpcLinks(node: Node): Link[] {
  const { span } = node;
  // The other side has better data.
  if (span.kind === CLIENT && node.hasChildren) return [];
  const links: Link[] = [];
  const service = span.service.toLowerCase();
  const ancestor = rpcAncestor(node);
  const ancestorService = ancestor?.span.service.toLowerCase();
  let parent = span.kind === CLIENT ? service : undefined;
  const child = span.kind === CLIENT ? span.remoteName() : service;
  let caller: CallSpan | undefined;
  if (ancestor && ancestorService) {
    if (span.kind === CLIENT && service && ancestorService !== service) {
      // The span that would know of an error is missing.
      links.push({ parent: ancestorService, child: service, isError: false });
    }
    if (span.kind === SERVER || !parent) parent = ancestorService;
    if (ancestor === node.parent && ancestor.span.kind === CLIENT) caller = ancestor.span;
  }
  if (!parent || !child) return links;
  // Either side may have reported the error.
  const isError = span.hasErrorTag() || (caller?.hasErrorTag() ?? false);
  return [...links, { parent, child, isError }];
}

/**
 * The nearest ancestor that is not an internal span. Visits each span once, because parents may form a
 * cycle.
 */
function rpcAncestor({ parent }: Node): Node | undefined {
  const path: Node[] = [];
  let at = parent;
  while (at && at.span.kind <= INTERNAL && !at.isSeen) {
    at.isSeen = true;
    path.push(at);
    at = at.parent;
  }
  const found = at && at.span.kind <= INTERNAL ? at.ancestor : at;
  for (const node of path) node.ancestor = found;
  return found;
}

/** Makes spans without a known parent children of the first one that has none. */
function adoptOrphans(nodes: readonly Node[]): void {
  const root = nodes.find(({ span }) => span.parentId === "");
  if (!root) return;
  for (const node of nodes) {
    if (node === root || node.parent) continue;
    node.parent = root;
    root.hasChildren = true;
  }
}

/**
 * Client and server may share an id. Then the server's parent is the client, and children belong to the
 * server.
 */
function nodesOf(spans: readonly CallSpan[]): Node[] {
  const nodes = spans.map((span): Node => {
    return { span, parent: undefined, hasChildren: false, isSeen: false, ancestor: undefined };
  });
  const byId = new Map<string, Node>();
  const clients = new Map<string, Node>();
  for (const node of nodes) {
    if (node.span.kind === CLIENT) clients.set(node.span.id, node);
    if (node.span.kind === SERVER || !byId.has(node.span.id)) byId.set(node.span.id, node);
  }
  for (const node of nodes) {
    const { id, kind, parentId } = node.span;
    const parent = (kind === SERVER ? clients.get(id) : undefined) ?? byId.get(parentId);
    if (!parent || parent === node) continue;
    node.parent = parent;
    parent.hasChildren = true;
  }
  return nodes;
}
