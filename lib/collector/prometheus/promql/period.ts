import type { Node, Shift } from "./syntax.ts";
import { LOOKBACK } from "./windows.ts";

/** Times in milliseconds since 1970. */
export interface Period {
  from: number;
  to: number;
}

/**
 * The time range that an expression reads when it is evaluated over a period; undefined if it reads
 * nothing.
 */
export function periodOf(node: Node, at: Period): Period | undefined {
  switch (node.kind) {
    case "number":
    case "string":
      return undefined;
    case "selector":
      return shifted(at, node, node.range ?? LOOKBACK);
    case "subquery":
      return periodOf(node.of, shifted(at, node, node.range));
    case "negative":
      return periodOf(node.of, at);
    case "aggregate":
      return union(node.parameter ? [node.parameter, node.of] : [node.of], at);
    case "binary":
      return union([node.left, node.right], at);
    case "call":
      return union(node.arguments, at);
    default:
      return node satisfies never;
  }
}

function shifted({ from, to }: Period, { offset, at }: Shift, range: number): Period {
  return { from: (at ?? from) - offset - range, to: (at ?? to) - offset };
}

function union(nodes: readonly Node[], at: Period): Period | undefined {
  const periods = nodes.map((node) => periodOf(node, at)).filter((period) => period !== undefined);
  return periods.length === 0 ? undefined : {
    from: Math.min(...periods.map(({ from }) => from)),
    to: Math.max(...periods.map(({ to }) => to)),
  };
}
