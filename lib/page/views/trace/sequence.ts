import { formatDuration } from "../../format/duration.ts";
import type { TreeNode } from "../../../trace/tree.ts";

/** A call from one participant to another, or its response. */
export interface SequenceMessage {
  from: string;
  to: string;
  text: string;
  isAnswer: boolean;
  isError: boolean;
  /** The span that handled the call. */
  spanId: string;
  timeNanos: number;
}

/** The calls in chronological order. */
export interface Sequence {
  /** In the order in which they first appear. */
  participants: string[];
  messages: SequenceMessage[];
  /** How many messages were left out, because there were more than `most`. */
  leftOut: number;
}

/** The caller outside of the trace. */
export const CLIENT = "client";
/** A parent that the trace refers to but doesn't contain. */
const NOT_ARRIVED = "parent has not arrived";
/** The precision to which browsers and JavaScript runtimes may round their clocks. */
const CLOCK_NANOS = 1e6;
const KIND_SERVER = 2;
const KIND_PRODUCER = 4;
const KIND_CONSUMER = 5;

/**
 * The calls between services: spans with a parent in another service, and requests from a client
 * outside of the trace, which are SERVER spans without a parent.
 */
export function buildSequence(roots: readonly TreeNode[], most = 500): Sequence {
  const messages: SequenceMessage[] = [];
  const stack: Visit[] = visits(undefined, roots).reverse();
  while (stack.length > 0) {
    const visit = stack.pop()!;
    if (visit.isDone) addAnswer(messages, visit);
    else {
      addCall(messages, visit);
      stack.push({ ...visit, isDone: true }, ...visits(visit, visit.node.children).reverse());
    }
  }
  // The sort is stable: at equal times, nested calls stay within their call, and a response
  // precedes the next call.
  messages.sort((a, b) => a.timeNanos - b.timeNanos);
  const shown = messages.slice(0, most);
  const participants = [...new Set(shown.flatMap(({ from, to }) => [from, to]))];
  return { participants, messages: shown, leftOut: messages.length - shown.length };
}

/** The same in Mermaid's notation. */
export function toMermaid({ participants, messages }: Sequence): string {
  const lines = ["sequenceDiagram"];
  const idOf = new Map(participants.map((name, index) => [name, `p${index}`]));
  for (const [name, id] of idOf) lines.push(`  participant ${id} as ${mermaidText(name)}`);
  for (const { from, to, text, isAnswer, isError } of messages) {
    const arrow = isError ? "--x" : isAnswer ? "-->>" : "->>";
    lines.push(`  ${idOf.get(from)}${arrow}${idOf.get(to)}: ${mermaidText(text)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A span of the trace, and the time that the diagram gives it. */
interface Visit {
  parent: Visit | undefined;
  node: TreeNode;
  from: number;
  until: number;
  /** Whether everything below the span has been visited. */
  isDone: boolean;
}

/**
 * The children of a span, with times that keep their order. Children stay within a parent that
 * waits for them. If one ends less than a millisecond after the next one starts, its end becomes
 * that start: clocks that round to milliseconds would put the next call before the response. The
 * critical path clips spans in the same way.
 */
function visits(parent: Visit | undefined, nodes: readonly TreeNode[]): Visit[] {
  const starts = nodes.map(({ startNanos }) => startNanos);
  return nodes.map((node, index) => {
    const isWithin = parent !== undefined && isWaitedFor(parent.node, node);
    const clip = (nanos: number) =>
      isWithin ? Math.min(Math.max(nanos, parent.from), parent.until) : nanos;
    const end = node.startNanos + node.durationNanos;
    const next = starts.slice(index + 1).find((start) =>
      start > node.startNanos && start < end && end - start < CLOCK_NANOS
    );
    return { parent, node, from: clip(node.startNanos), until: clip(next ?? end), isDone: false };
  });
}

function addCall(messages: SequenceMessage[], visit: Visit): void {
  const { node: { span }, from: timeNanos } = visit;
  const call = callOf(visit);
  if (!span || !call) return;
  const { name, spanId } = span;
  messages.push({ ...call, text: name, isAnswer: false, isError: false, spanId, timeNanos });
}

function addAnswer(messages: SequenceMessage[], visit: Visit): void {
  const { parent, node: { span }, node, until: timeNanos } = visit;
  const call = callOf(visit);
  if (!span || !call || !isWaitedFor(parent?.node, node)) return;
  const { spanId, isError, durationNanos } = span;
  const text = `${isError ? "error after " : ""}${formatDuration(durationNanos)}`;
  messages.push({ from: call.to, to: call.from, text, isAnswer: true, isError, spanId, timeNanos });
}

/** Who calls whom; undefined if the span is not a call from another service. */
function callOf({ parent, node: { span } }: Visit): { from: string; to: string } | undefined {
  if (!span) return undefined;
  const to = nameOf(span.serviceName);
  // A root span that isn't a request has no caller.
  if (!parent) return span.kind === KIND_SERVER ? { from: CLIENT, to } : undefined;
  const caller = parent.node.span;
  if (!caller) return { from: NOT_ARRIVED, to };
  return caller.serviceName === span.serviceName
    ? undefined
    : { from: nameOf(caller.serviceName), to };
}

/** Senders don't wait for consumers of a queue. */
function isWaitedFor(parent: TreeNode | undefined, { span }: TreeNode): boolean {
  return span?.kind !== KIND_CONSUMER && parent?.span?.kind !== KIND_PRODUCER;
}

function nameOf(serviceName: string): string {
  return serviceName || "unnamed service";
}

/** These characters have a meaning in Mermaid, which supports numeric entities. */
function mermaidText(text: string): string {
  return text.replace(/[\r\n\t]+/g, " ").replace(
    /[#;<>&"'`:]/g,
    (character) => `#${character.charCodeAt(0)};`,
  );
}
