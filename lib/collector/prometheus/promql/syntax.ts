/** A condition on a label. */
export interface Matcher {
  label: string;
  operator: "=" | "!=" | "=~" | "!~";
  value: string;
}

/** Where a selector or subquery looks, relative to the step. */
export interface Shift {
  /** Milliseconds; negative values shift to later. */
  offset: number;
  /** A fixed time in milliseconds since 1970, used instead of the step's. */
  at?: number;
}

export interface NumberNode {
  kind: "number";
  value: number;
}

export interface StringNode {
  kind: "string";
  text: string;
}

/** A vector selector; with a range, a matrix selector. */
export interface SelectorNode extends Shift {
  kind: "selector";
  matchers: Matcher[];
  /** Milliseconds. */
  range?: number;
}

export interface SubqueryNode extends Shift {
  kind: "subquery";
  of: Node;
  /** Milliseconds. */
  range: number;
  /** Milliseconds; if unset, the default. */
  step?: number;
}

export interface CallNode {
  kind: "call";
  name: string;
  arguments: Node[];
}

export interface AggregateNode {
  kind: "aggregate";
  operator: string;
  /** Whether `labels` are the ones to drop, as in `without`. */
  isWithout: boolean;
  labels: string[];
  parameter?: Node;
  of: Node;
}

/** How the series of two vectors are matched. */
export interface Matching {
  /** Whether only `labels` are compared, as in `on`. */
  isOn: boolean;
  labels: string[];
  /** The side that may have several series per match. */
  many?: "left" | "right";
  /** Labels to copy from the other side. */
  include: string[];
}

export interface BinaryNode {
  kind: "binary";
  operator: string;
  left: Node;
  right: Node;
  isBool: boolean;
  matching: Matching;
}

export interface NegativeNode {
  kind: "negative";
  of: Node;
}

/** A PromQL expression. */
export type Node =
  | NumberNode
  | StringNode
  | SelectorNode
  | SubqueryNode
  | CallNode
  | AggregateNode
  | BinaryNode
  | NegativeNode;

/** Whether the node yields several samples per series. */
export function isRange(node: Node): node is SelectorNode & { range: number } | SubqueryNode {
  return node.kind === "subquery" || node.kind === "selector" && node.range !== undefined;
}
