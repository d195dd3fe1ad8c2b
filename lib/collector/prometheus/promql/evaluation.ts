import type { Budget } from "./limits.ts";
import type { WindowFunction } from "./rates.ts";
import type { Node, SelectorNode } from "./syntax.ts";
import type { Column, Steps, Value } from "./values.ts";
import type { Taken } from "./windows.ts";

/** The evaluation of a query, as functions see it. All methods throw a `QueryError` if they fail. */
export interface Evaluation {
  readonly steps: Steps;
  readonly budget: Budget;
  /** Evaluates an expression. */
  evaluate(node: Node): Value;
  /** Evaluates an expression that must be an instant vector. */
  vector(node: Node): Column[];
  /** Evaluates an expression that must be a scalar. */
  scalar(node: Node): Float64Array;
  /** The text of an expression that must be a string. */
  text(node: Node): string;
  /** The newest samples of a selector. */
  select(node: SelectorNode, taken?: Taken): Column[];
  /** Applies a function to the samples in the range before each step. */
  overRange(name: string, node: Node, apply: WindowFunction, parameter?: Float64Array): Column[];
}
