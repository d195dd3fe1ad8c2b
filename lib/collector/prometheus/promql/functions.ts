import type { Evaluation } from "./evaluation.ts";
import { histogramFraction, histogramQuantile } from "./classic_histograms.ts";
import { certainLabels, labelJoin, labelReplace } from "./label_functions.ts";
import { joinEqual, withoutName } from "./labels.ts";
import { MATH, type MathFunction, TIME_PARTS } from "./math.ts";
import { OVER_TIME } from "./over_time.ts";
import { RATES, type WindowFunction } from "./rates.ts";
import { sortColumns, sortColumnsByLabel } from "./sort.ts";
import type { CallNode, Node } from "./syntax.ts";
import { type Column, emptyColumn, QueryError, timeAt, type Value } from "./values.ts";

type Call = (given: Node[], evaluator: Evaluation) => Value;

/** A function, and how many arguments it takes. */
interface Signature {
  least: number;
  most: number;
  call: Call;
}

const WINDOWS: Readonly<Record<string, WindowFunction>> = { ...RATES, ...OVER_TIME };

const vector = (columns: Column[]): Value => ({ kind: "vector", columns });
const scalar = (values: Float64Array): Value => ({ kind: "scalar", values });

const SIGNATURES: Readonly<Record<string, Signature>> = {
  absent: fixed(1, ([of], evaluator) => vector([absent(of!, evaluator.vector(of!), evaluator)])),
  absent_over_time: fixed(1, ([of], evaluator) => {
    const present = evaluator.overRange("present_over_time", of!, () => 1);
    return vector([absent(of!, present, evaluator)]);
  }),
  histogram_fraction: fixed(3, ([lower, upper, of], evaluator) =>
    vector(
      histogramFraction(
        evaluator.scalar(lower!),
        evaluator.scalar(upper!),
        evaluator.vector(of!),
      ),
    )),
  histogram_quantile: fixed(
    2,
    ([quantile, of], evaluator) =>
      vector(histogramQuantile(evaluator.scalar(quantile!), evaluator.vector(of!))),
  ),
  label_join: {
    least: 3,
    most: Infinity,
    call([of, ...texts], evaluator) {
      const [target, separator, ...sources] = texts.map((text) => evaluator.text(text));
      const join = { target: target!, separator: separator!, sources };
      return vector(labelJoin(evaluator.vector(of!), join));
    },
  },
  label_replace: fixed(5, ([of, ...texts], evaluator) => {
    const [target, replacement, source, pattern] = texts.map((text) => evaluator.text(text));
    const how = { target: target!, replacement: replacement!, source: source!, pattern: pattern! };
    return vector(labelReplace(evaluator.vector(of!), how, evaluator.budget));
  }),
  pi: fixed(0, (_, { steps }) => scalar(new Float64Array(steps.count).fill(Math.PI))),
  predict_linear: fixed(2, ([of, seconds], evaluator) =>
    vector(
      evaluator.overRange("predict_linear", of!, RATES.predict_linear!, evaluator.scalar(seconds!)),
    )),
  quantile_over_time: fixed(2, ([quantile, of], evaluator) =>
    vector(
      evaluator.overRange(
        "quantile_over_time",
        of!,
        OVER_TIME.quantile_over_time!,
        evaluator.scalar(quantile!),
      ),
    )),
  scalar: fixed(1, ([of], evaluator) => scalar(onlyValues(evaluator.vector(of!), evaluator))),
  sort: fixed(1, ([of], evaluator) => vector(sortColumns(evaluator.vector(of!), false))),
  sort_desc: fixed(1, ([of], evaluator) => vector(sortColumns(evaluator.vector(of!), true))),
  sort_by_label: { least: 1, most: Infinity, call: byLabel(false) },
  sort_by_label_desc: { least: 1, most: Infinity, call: byLabel(true) },
  time: fixed(0, (_, { steps }) => scalar(seconds(steps))),
  timestamp: fixed(1, ([of], evaluator) => {
    if (of!.kind === "selector" && of!.range === undefined) {
      return vector(withoutNames(evaluator.select(of!, "time")));
    }
    const times = seconds(evaluator.steps);
    return vector(mapped(evaluator.vector(of!), (_, i) => times[i]!));
  }),
  vector: fixed(1, ([of], evaluator) => {
    const values = evaluator.scalar(of!);
    return vector([{ labels: new Map(), values, has: new Uint8Array(values.length).fill(1) }]);
  }),
};

/** The names of all supported functions. */
export const FUNCTION_NAMES: readonly string[] = [
  ...new Set([SIGNATURES, WINDOWS, MATH, TIME_PARTS].flatMap((table) => Object.keys(table))),
].sort();

/**
 * Calls a function.
 *
 * @throws {QueryError} If the function is not supported, or its arguments are invalid.
 */
export function callFunction({ name, arguments: given }: CallNode, evaluator: Evaluation): Value {
  const { least, most, call } = signatureOf(name);
  if (given.length < least || given.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    throw new QueryError(
      "bad_data",
      `expected ${wanted} argument(s) in call to "${name}", got ${given.length}`,
    );
  }
  return call(given, evaluator);
}

function signatureOf(name: string): Signature {
  if (Object.hasOwn(SIGNATURES, name)) return SIGNATURES[name]!;
  if (Object.hasOwn(WINDOWS, name)) {
    return fixed(1, ([of], evaluator) => vector(evaluator.overRange(name, of!, WINDOWS[name]!)));
  }
  if (Object.hasOwn(MATH, name)) return ofMath(MATH[name]!);
  if (Object.hasOwn(TIME_PARTS, name)) return ofTime(TIME_PARTS[name]!);
  const reason = NATIVE_HISTOGRAM_FUNCTIONS.has(name)
    ? "it needs native histograms, and this collector has the classic form of all histograms. Use " +
      "the series that end in _bucket, _count, and _sum"
    : "this collector does not have that function";
  throw new QueryError("bad_data", `Cannot evaluate ${name}(): ${reason}`);
}

/** Functions for native histograms only. */
const NATIVE_HISTOGRAM_FUNCTIONS = new Set([
  "histogram_avg",
  "histogram_count",
  "histogram_quantiles",
  "histogram_stddev",
  "histogram_stdvar",
  "histogram_sum",
]);

function fixed(count: number, call: Call): Signature {
  return { least: count, most: count, call };
}

function ofMath({ parameters, apply }: MathFunction): Signature {
  return {
    least: 1 + parameters.filter((value) => value === undefined).length,
    most: 1 + parameters.length,
    call([of, ...given], evaluator) {
      const columns = evaluator.vector(of!);
      const series = parameters.map((value, at) =>
        given[at]
          ? evaluator.scalar(given[at])
          : new Float64Array(evaluator.steps.count).fill(value!)
      );
      const results = mapped(columns, (value, i) => apply(value, series.map((all) => all[i]!)));
      return vector(results);
    },
  };
}

function ofTime({ apply }: MathFunction): Signature {
  return {
    least: 0,
    most: 1,
    call([of], evaluator) {
      if (of) return vector(mapped(evaluator.vector(of), (value) => apply(value, [])));
      const values = seconds(evaluator.steps).map((value) => apply(value, [])!);
      return vector([{ labels: new Map(), values, has: new Uint8Array(values.length).fill(1) }]);
    },
  };
}

function byLabel(isFalling: boolean): Call {
  return ([of, ...names], evaluator) =>
    vector(
      sortColumnsByLabel(
        evaluator.vector(of!),
        names.map((name) => evaluator.text(name)),
        isFalling,
      ),
    );
}

/** Changes each value and removes the metric's name, because the result is a different quantity. */
function mapped(
  columns: Column[],
  change: (value: number, step: number) => number | undefined,
): Column[] {
  return joinEqual(columns.map(({ labels, values, has }) => {
    const result = emptyColumn(withoutName(labels), values.length);
    for (const [i, value] of values.entries()) {
      const changed = has[i] ? change(value, i) : undefined;
      if (changed === undefined) continue;
      result.has[i] = 1;
      result.values[i] = changed;
    }
    return result;
  }));
}

function withoutNames(columns: Column[]): Column[] {
  return joinEqual(columns.map((column) => ({ ...column, labels: withoutName(column.labels) })));
}

function seconds(steps: Evaluation["steps"]): Float64Array {
  return Float64Array.from({ length: steps.count }, (_, i) => timeAt(steps, i) / 1000);
}

/** 1 at each step without a value. */
function absent(of: Node, columns: Column[], { steps }: Evaluation): Column {
  const labels = of.kind === "selector" ? certainLabels(of.matchers) : new Map<string, string>();
  const result = emptyColumn(labels, steps.count);
  for (let i = 0; i < steps.count; i++) {
    if (columns.some(({ has }) => has[i])) continue;
    result.has[i] = 1;
    result.values[i] = 1;
  }
  return result;
}

/** The value at each step, if exactly one series has one; otherwise NaN. */
function onlyValues(columns: Column[], { steps }: Evaluation): Float64Array {
  return Float64Array.from({ length: steps.count }, (_, i) => {
    const present = columns.filter(({ has }) => has[i]);
    return present.length === 1 ? present[0]!.values[i]! : NaN;
  });
}
