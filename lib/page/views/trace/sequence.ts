import { formatDuration } from "../../format/duration.ts";
import { type TreeNode, walk } from "./tree.ts";

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
const KIND_SERVER = 2;
const KIND_PRODUCER = 4;
const KIND_CONSUMER = 5;

/**
 * The calls between services: spans with a parent in another service, and the request of a client outside of
 * the trace, which a SERVER span without parent answers.
 */
export function buildSequence(roots: readonly TreeNode[], most = 500): Sequence {
  const messages: SequenceMessage[] = [];
  for (const node of walk(roots)) {
    for (const child of node.children) addCall(messages, node, child);
  }
  for (const root of roots) addCall(messages, undefined, root);
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

function addCall(
  messages: SequenceMessage[],
  parent: TreeNode | undefined,
  { span }: TreeNode,
): void {
  if (!span) return;
  const from = parent ? (parent.span ? nameOf(parent.span.serviceName) : NOT_ARRIVED) : CLIENT;
  const to = nameOf(span.serviceName);
  // A root that is not a request started by itself; it has no caller.
  if (from === CLIENT && span.kind !== KIND_SERVER) return;
  if (parent?.span && parent.span.serviceName === span.serviceName) return;
  const { spanId, isError, startNanos, durationNanos } = span;
  messages.push({
    from,
    to,
    text: span.name,
    isAnswer: false,
    isError: false,
    spanId,
    timeNanos: startNanos,
  });
  // Senders don't wait for consumers of a queue.
  if (span.kind === KIND_CONSUMER || parent?.span?.kind === KIND_PRODUCER) return;
  messages.push({
    from: to,
    to: from,
    text: `${isError ? "error after " : ""}${formatDuration(durationNanos)}`,
    isAnswer: true,
    isError,
    spanId,
    timeNanos: startNanos + durationNanos,
  });
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
