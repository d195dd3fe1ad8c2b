import { aggregate, AGGREGATION_PARAMETERS, checkOperator } from "./aggregate.ts";
import { evaluateBinary } from "./binary.ts";
import type { Evaluation } from "./evaluation.ts";
import { callFunction } from "./functions.ts";
import { joinEqual, withoutName } from "./labels.ts";
import type { Budget } from "./limits.ts";
import { compileMatchers } from "./matchers.ts";
import { KEEPS_NAME } from "./over_time.ts";
import type { WindowFunction } from "./rates.ts";
import {
  type AggregateNode,
  isRange,
  type Matcher,
  type Node,
  type SelectorNode,
  type SubqueryNode,
} from "./syntax.ts";
import {
  type Column,
  emptyColumn,
  QueryError,
  type SampleSeries,
  type Steps,
  timeAt,
  type Value,
} from "./values.ts";
import { forEachWindow, latest, samplesOfColumn, type Taken } from "./windows.ts";

/** The default step of a subquery, in milliseconds. */
const DEFAULT_STEP = 60_000;

/** The series that a query runs on. */
export interface Source {
  /** Series that the matchers may match; it can contain others, which are filtered out. */
  series: readonly SampleSeries[];
  budget: Budget;
}

/** Evaluates expressions at each step. */
export class Evaluator implements Evaluation {
  readonly steps: Steps;
  readonly #source: Source;

  constructor(source: Source, steps: Steps) {
    this.#source = source;
    this.steps = steps;
  }

  get budget(): Budget {
    return this.#source.budget;
  }

  evaluate(node: Node): Value {
    const { count } = this.steps;
    switch (node.kind) {
      case "number":
        return { kind: "scalar", values: new Float64Array(count).fill(node.value) };
      case "string":
        return { kind: "string", text: node.text };
      case "selector":
        if (node.range !== undefined) throw unexpectedRange();
        return { kind: "vector", columns: this.select(node) };
      case "subquery":
        throw unexpectedRange();
      case "negative":
        return this.#negate(this.evaluate(node.of));
      case "aggregate":
        return { kind: "vector", columns: this.#aggregate(node) };
      case "binary": {
        const left = this.evaluate(node.left);
        const right = this.evaluate(node.right);
        return evaluateBinary(node, left, right, { count, budget: this.budget });
      }
      case "call":
        return callFunction(node, this);
      default:
        return node satisfies never;
    }
  }

  vector(node: Node): Column[] {
    const value = this.evaluate(node);
    if (value.kind === "vector") return value.columns;
    throw bad(`expected type instant vector, got ${value.kind}`);
  }

  scalar(node: Node): Float64Array {
    const value = this.evaluate(node);
    if (value.kind === "scalar") return value.values;
    throw bad(`expected type scalar, got ${value.kind === "vector" ? "instant vector" : "string"}`);
  }

  text(node: Node): string {
    if (node.kind === "string") return node.text;
    throw bad("expected type string");
  }

  select(node: SelectorNode, taken: Taken = "value"): Column[] {
    const { steps, budget } = this;
    return this.#matching(node.matchers).flatMap((series) => {
      budget.spend(steps.count);
      const column = latest(series, node, steps, taken);
      return column.has.includes(1) ? [column] : [];
    });
  }

  /** Returns the series and the range of an expression that must have a range. */
  range(
    node: Node,
  ): { series: SampleSeries[]; shift: SubqueryNode | SelectorNode & { range: number } } {
    if (!isRange(node)) throw bad("expected type range vector");
    const series = node.kind === "selector" ? this.#matching(node.matchers) : this.#subquery(node);
    return { series, shift: node };
  }

  overRange(name: string, node: Node, apply: WindowFunction, parameter?: Float64Array): Column[] {
    const { series, shift } = this.range(node);
    const columns = series.flatMap((one) => {
      const labels = KEEPS_NAME.has(name) ? one.labels : withoutName(one.labels);
      const column = emptyColumn(labels, this.steps.count);
      let isEmpty = true;
      forEachWindow(one, shift, this, (window, i) => {
        const value = apply(window, parameter?.[i] ?? NaN);
        if (value === undefined) return;
        isEmpty = false;
        column.has[i] = 1;
        column.values[i] = value;
      });
      return isEmpty ? [] : [column];
    });
    return joinEqual(columns);
  }

  #matching(matchers: readonly Matcher[]): SampleSeries[] {
    const isMeant = compileMatchers(matchers, this.budget);
    return this.#source.series.filter(({ labels }) => isMeant(labels));
  }

  /** A subquery's steps are at multiples of its own step, independent of the query's steps. */
  #subquery({ of, range, step = DEFAULT_STEP, offset, at }: SubqueryNode): SampleSeries[] {
    const last = timeAt(this.steps, this.steps.count - 1);
    const from = (at ?? this.steps.start) - offset - range;
    const end = (at ?? last) - offset;
    const start = (Math.floor(from / step) + 1) * step;
    const count = Math.floor((end - start) / step) + 1;
    if (count < 1) return [];
    this.budget.spend(count);
    const inner = { start, step, count };
    const columns = new Evaluator(this.#source, inner).vector(of);
    return columns.map((column) => samplesOfColumn(column, inner));
  }

  #negate(value: Value): Value {
    if (value.kind === "string") throw bad("unary expression only allowed on scalar or vector");
    if (value.kind === "scalar") return { kind: "scalar", values: value.values.map((one) => -one) };
    const columns = value.columns.map(({ labels, values, has }) => ({
      labels: withoutName(labels),
      values: values.map((one) => -one),
      has,
    }));
    return { kind: "vector", columns: joinEqual(columns) };
  }

  #aggregate(node: AggregateNode): Column[] {
    checkOperator(node.operator);
    const wanted = Object.hasOwn(AGGREGATION_PARAMETERS, node.operator)
      ? AGGREGATION_PARAMETERS[node.operator]
      : undefined;
    if ((wanted === undefined) !== (node.parameter === undefined)) {
      throw bad(`wrong number of arguments for aggregate expression ${node.operator}`);
    }
    const parameter = node.parameter &&
      (wanted === "string" ? this.text(node.parameter) : this.scalar(node.parameter));
    const columns = this.vector(node.of);
    return aggregate(node, columns, { parameter, count: this.steps.count, budget: this.budget });
  }
}

function unexpectedRange(): QueryError {
  return bad("Cannot use a range vector here: it is for functions such as rate()");
}

function bad(message: string): QueryError {
  return new QueryError("bad_data", message);
}
