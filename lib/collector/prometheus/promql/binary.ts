import { joinEqual, withoutName } from "./labels.ts";
import type { Budget } from "./limits.ts";
import type { Combination } from "./combination.ts";
import { matchVectors, setOperation } from "./match_vectors.ts";
import type { BinaryNode } from "./syntax.ts";
import { type Column, emptyColumn, QueryError, type Value } from "./values.ts";

/** An operation on two numbers. */
export type Operation = (left: number, right: number) => number;

const ARITHMETIC: Readonly<Record<string, Operation>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": power,
  atan2: Math.atan2,
};

/** Like C's `pow`: 1 to any power is 1. */
function power(base: number, exponent: number): number {
  if (base === 1 || base === -1 && Math.abs(exponent) === Infinity) return 1;
  return base ** exponent;
}

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
};

const SETS: ReadonlySet<string> = new Set(["and", "or", "unless"]);

/**
 * Evaluates a binary operator.
 *
 * @throws {QueryError} If it does not apply to these operands, or their series do not match.
 */
export function evaluateBinary(
  node: BinaryNode,
  left: Value,
  right: Value,
  { count, budget }: { count: number; budget: Budget },
): Value {
  const { operator } = node;
  if (left.kind === "string" || right.kind === "string") {
    throw bad(`binary expression must contain only scalar and instant vector types`);
  }
  if (SETS.has(operator)) {
    if (left.kind !== "vector" || right.kind !== "vector") {
      throw bad(`set operator "${operator}" not allowed in binary scalar expression`);
    }
    budget.spend((left.columns.length + right.columns.length) * count);
    return { kind: "vector", columns: setOperation(node, left.columns, right.columns, count) };
  }
  if ((left.kind === "scalar" || right.kind === "scalar") && node.matching.labels.length > 0) {
    throw bad("vector matching only allowed between instant vectors");
  }
  const combination = combinationOf(node);
  if (left.kind === "scalar" && right.kind === "scalar") {
    if (Object.hasOwn(COMPARISONS, operator) && !node.isBool) {
      throw bad("comparisons between scalars must use BOOL modifier");
    }
    const values = left.values.map((value, i) =>
      combination.combine(value, right.values[i]!, value)!
    );
    return { kind: "scalar", values };
  }
  if (left.kind === "vector" && right.kind === "vector") {
    budget.spend((left.columns.length + right.columns.length) * count);
    const columns = matchVectors(node, left.columns, right.columns, { count, ...combination });
    return { kind: "vector", columns };
  }
  const columns = left.kind === "vector" ? left.columns : (right as { columns: Column[] }).columns;
  budget.spend(columns.length * count);
  const results = columns.map((column) => {
    const { dropsName, combine } = combination;
    const result = emptyColumn(dropsName ? withoutName(column.labels) : column.labels, count);
    for (let i = 0; i < count; i++) {
      if (!column.has[i]) continue;
      const kept = column.values[i]!;
      const a = left.kind === "scalar" ? left.values[i]! : kept;
      const b = right.kind === "scalar" ? right.values[i]! : kept;
      const value = combine(a, b, kept);
      if (value === undefined) continue;
      result.has[i] = 1;
      result.values[i] = value;
    }
    return result;
  });
  return { kind: "vector", columns: combination.dropsName ? joinEqual(results) : results };
}

function combinationOf({ operator, isBool }: BinaryNode): Combination {
  if (Object.hasOwn(ARITHMETIC, operator)) {
    if (isBool) throw bad("bool modifier can only be used on comparison operators");
    return { combine: ARITHMETIC[operator]!, dropsName: true };
  }
  if (!Object.hasOwn(COMPARISONS, operator)) {
    throw bad(`Cannot evaluate the operator ${operator}: this collector does not have it`);
  }
  const compare = COMPARISONS[operator]!;
  return isBool
    ? { combine: (a, b) => Number(compare(a, b)), dropsName: true }
    : { combine: (a, b, kept) => compare(a, b) ? kept : undefined, dropsName: false };
}

function bad(message: string): QueryError {
  return new QueryError("bad_data", message);
}
