import { LinearPattern, PatternError } from "../../linear_pattern.ts";

/** Labels of a sample; the metric's name is `__name__`. */
export type Labels = Record<string, string>;

/** Decides whether a sample matches. */
export type Selector = (labels: Labels) => boolean;

/** The longest query, in UTF-16 code units. */
const MAX_QUERY_LENGTH = 10_000;

/**
 * The limit for instructions times characters in a query's regular expressions: a good second in the worst
 * case, and far less unless an expression was written to be slow.
 */
const MAX_STEPS = 20_000_000;

const NAME = /^[a-zA-Z_:][\w:]*/;
const MATCHER = /([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*(?:,\s*|$)/sy;

/**
 * Parses an instant vector selector: `name`, `name{label="value"}`, with the operators `=`, `!=`, `=~` and
 * `!~`. A missing label counts as empty, and regular expressions match the whole value.
 *
 * The selector also throws a `SyntaxError` if its regular expressions exceed their limit.
 *
 * @throws {SyntaxError} If it is anything else: functions, operators and ranges are left to Prometheus.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors
 */
export function parseSelector(query: string): Selector {
  if (query.length > MAX_QUERY_LENGTH) {
    throw new SyntaxError(`Cannot evaluate a query of more than ${MAX_QUERY_LENGTH} characters`);
  }
  const text = query.trim();
  const name = NAME.exec(text)?.[0];
  const braces = text.slice(name?.length).trimStart();
  if (braces !== "" && !(braces.startsWith("{") && braces.endsWith("}"))) throw notASelector(query);
  const matchers = parseMatchers(braces.slice(1, -1).trim(), query);
  if (name !== undefined) matchers.unshift((labels) => valueOf(labels, "__name__") === name);
  if (matchers.length === 0) throw notASelector(query);
  return (labels) => matchers.every((matches) => matches(labels));
}

function parseMatchers(body: string, query: string): Selector[] {
  const matchers: Selector[] = [];
  const budget = { steps: MAX_STEPS };
  MATCHER.lastIndex = 0;
  while (MATCHER.lastIndex < body.length) {
    const match = MATCHER.exec(body);
    if (!match) throw notASelector(query);
    const [, label = "", operator = "", wanted = ""] = match;
    const isWanted = readWanted(operator, unquote(wanted), { query, budget });
    matchers.push((labels) => isWanted(valueOf(labels, label)));
  }
  return matchers;
}

/** The remaining budget of a query. */
interface Budget {
  steps: number;
}

/** The test of a label's value by an operator. */
function readWanted(
  operator: string,
  wanted: string,
  { query, budget }: { query: string; budget: Budget },
): (value: string) => boolean {
  const isNegative = operator.startsWith("!");
  if (!operator.endsWith("~")) return (value) => (value === wanted) !== isNegative;
  const pattern = readPattern(wanted, query);
  const known = new Map<string, boolean>();
  return (value) => {
    let matches = known.get(value);
    if (matches === undefined) {
      budget.steps -= pattern.cost * value.length;
      if (budget.steps < 0) throw tooMuch(query);
      known.set(value, matches = pattern.matches(value));
    }
    return matches !== isNegative;
  };
}

function readPattern(source: string, query: string): LinearPattern {
  try {
    return new LinearPattern(source);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new SyntaxError(
      `Cannot read "${query}": "${source}" is not a regular expression: ${error.message}`,
      { cause: error },
    );
  }
}

/** A missing label counts as empty. */
function valueOf(labels: Labels, label: string): string {
  return Object.hasOwn(labels, label) ? labels[label]! : "";
}

function unquote(text: string): string {
  const inner = text.slice(1, -1);
  return text.startsWith("'") ? inner : inner.replaceAll(/\\(.)/gs, "$1");
}

function notASelector(query: string): SyntaxError {
  return new SyntaxError(
    `Cannot evaluate "${query}": expected a selector such as name{label="value"}. ` +
      "Functions, operators and ranges need Prometheus itself",
  );
}

function tooMuch(query: string): SyntaxError {
  return new SyntaxError(
    `Cannot evaluate "${query}": its regular expressions are too slow. Name the metric, or other ` +
      "labels by =, or use shorter patterns",
  );
}
