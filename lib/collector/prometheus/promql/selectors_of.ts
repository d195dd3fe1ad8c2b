import type { Node, SelectorNode } from "./syntax.ts";

/** All selectors in an expression. */
export function selectorsOf(node: Node): SelectorNode[] {
  switch (node.kind) {
    case "selector":
      return [node];
    case "number":
    case "string":
      return [];
    case "subquery":
    case "negative":
      return selectorsOf(node.of);
    case "aggregate":
      return [...node.parameter ? selectorsOf(node.parameter) : [], ...selectorsOf(node.of)];
    case "binary":
      return [...selectorsOf(node.left), ...selectorsOf(node.right)];
    case "call":
      return node.arguments.flatMap(selectorsOf);
    default:
      return node satisfies never;
  }
}
