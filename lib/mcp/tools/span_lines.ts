import { formatDuration } from "../../time_text.ts";
import { kindName } from "../../trace/spans.ts";
import type { TreeNode } from "../../trace/tree.ts";
import { quoted } from "../answer.ts";
import { serviceText } from "./trace_line.ts";

/** Deeper spans are not indented further. */
const MAX_INDENT = 20;

/** From this many on, equal siblings are one line. */
const MIN_FOLDED = 3;

/** Spans that share name, service, kind and outcome, below the same parent. */
interface Run {
  nodes: TreeNode[];
}

/** A trace's spans, one line each, indented by depth. Equal siblings without children are one line. */
export function spanLines(roots: readonly TreeNode[]): string[] {
  const lines: string[] = [];
  const stack = runsOf(roots).map((run) => ({ run, depth: 0 })).reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { run: { nodes }, depth } = next;
    lines.push(" ".repeat(Math.min(depth, MAX_INDENT)) + runText(nodes));
    for (const run of runsOf(nodes.length === 1 ? nodes[0]!.children : []).reverse()) {
      stack.push({ run, depth: depth + 1 });
    }
  }
  return lines;
}

function runsOf(nodes: readonly TreeNode[]): Run[] {
  const groups = Map.groupBy(nodes, (node) => node.children.length > 0 ? node : likeness(node));
  return [...groups.values()].flatMap((nodes) =>
    nodes.length < MIN_FOLDED ? nodes.map((node) => ({ nodes: [node] })) : [{ nodes }]
  ).sort((a, b) => a.nodes[0]!.startNanos - b.nodes[0]!.startNanos);
}

function likeness({ span }: TreeNode): string {
  return JSON.stringify([span?.name, span?.serviceName, span?.kind, span?.isError]);
}

function runText(nodes: readonly TreeNode[]): string {
  const [{ span, spanId, startNanos, durationNanos }] = nodes as [TreeNode];
  if (!span) return `(missing parent ${spanId})`;
  const what = `${quoted(span.name)} ${kindName(span.kind).toLowerCase()} of ` +
    serviceText(span.serviceName) + (span.isError ? ", error" : "");
  if (nodes.length === 1) {
    return `+${formatDuration(startNanos)} ${formatDuration(durationNanos)} ${what}, ${spanId}`;
  }
  const sum = nodes.reduce((sum, node) => sum + node.durationNanos, 0);
  return `+${formatDuration(startNanos)} ${nodes.length} × ${what}, ${
    formatDuration(sum)
  } in all, ` +
    `the first ${spanId}`;
}
