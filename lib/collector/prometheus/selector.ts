/** Labels of a sample; the metric's name is `__name__`. */
export type Labels = Record<string, string>;

/** Says whether a sample is meant. */
export type Selector = (labels: Labels) => boolean;

const SELECTOR = /^\s*([a-zA-Z_:][\w:]*)?\s*(?:\{(.*)\})?\s*$/s;
const MATCHER = /\s*([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|'[^']*')\s*(,|$)/sy;

/**
 * Reads an instant vector selector: `name`, `name{label="value"}`, with the operators `=`, `!=`, `=~`
 * and `!~`. A label that is missing counts as empty, and patterns are about the whole value.
 *
 * @throws {SyntaxError} If it is none: functions, operators and ranges are left to Prometheus.
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors
 */
export function parseSelector(query: string): Selector {
  const [, name, body] = SELECTOR.exec(query) ?? [];
  const matchers = body === undefined ? [] : parseMatchers(body, query);
  if (name !== undefined) matchers.unshift(({ __name__ }) => __name__ === name);
  if (matchers.length === 0) throw notASelector(query);
  return (labels) => matchers.every((matches) => matches(labels));
}

function parseMatchers(body: string, query: string): Selector[] {
  const matchers: Selector[] = [];
  MATCHER.lastIndex = 0;
  while (MATCHER.lastIndex < body.trimEnd().length) {
    const match = MATCHER.exec(body);
    if (!match) throw notASelector(query);
    matchers.push(matcher(match[1]!, match[2]!, unquote(match[3]!), query));
  }
  return matchers;
}

function matcher(label: string, operator: string, wanted: string, query: string): Selector {
  const isNegative = operator.startsWith("!");
  if (!operator.endsWith("~")) return (labels) => ((labels[label] ?? "") === wanted) !== isNegative;
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^(?:${wanted})$`, "s");
  } catch (error) {
    throw new SyntaxError(`Cannot read "${query}": "${wanted}" is no regular expression`, {
      cause: error,
    });
  }
  return (labels) => pattern.test(labels[label] ?? "") !== isNegative;
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
