import { parser } from "@prometheus-io/lezer-promql";
import { readDuration, readNumber, readString } from "./literals.ts";
import { MAX_QUERY_LENGTH } from "./limits.ts";
import { readPattern } from "./matchers.ts";
import type { Matcher, Matching, Node, SelectorNode, SubqueryNode } from "./syntax.ts";
import { NAME, QueryError } from "./values.ts";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** The maximum nesting depth of an expression. */
const MAX_DEPTH = 100;

/** The values of `start()` and `end()`, in milliseconds since 1970. */
export interface Bounds {
  start: number;
  end: number;
}

/** Unsupported modifiers as they are written, by their names in the grammar. */
const MODIFIERS: ReadonlyMap<string, string> = new Map([
  ["AnchoredExpr", "the modifier anchored"],
  ["SmoothedExpr", "the modifier smoothed"],
  ["FillModifier", "the modifier fill"],
  ["OffsetDurationExpr", "calculated durations"],
]);

/** Words that may stand before a parenthesis without being a function. */
const KEYWORDS = [
  ...["and", "or", "unless", "atan2", "bool", "offset"],
  ...["by", "without", "on", "ignoring", "group_left", "group_right"],
];

/**
 * Parses a query with the grammar of Prometheus's own page.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 * @throws {QueryError} If it is not PromQL, or uses a feature that is not supported.
 */
export function parseQuery(query: string, bounds: Bounds = { start: 0, end: 0 }): Node {
  if (query.length > MAX_QUERY_LENGTH) {
    throw bad(`Cannot evaluate a query of more than ${MAX_QUERY_LENGTH} characters`);
  }
  if (query.trim() === "") throw bad("Cannot evaluate an empty query");
  const tree = parser.parse(query);
  tree.iterate({
    enter({ type, from }) {
      if (!type.isError) return;
      const name = unknownFunction(query, from);
      throw bad(
        name === undefined
          ? `Cannot read the query at character ${from + 1}: "${query}"`
          : `Cannot evaluate ${name}(): there is no such function`,
      );
    },
  });
  const top = children(tree.topNode)[0];
  if (!top) throw bad("Cannot evaluate an empty query");
  return new Reader(query, bounds).node(top, 0);
}

/** A character of a name. */
const IN_NAME = /\w/;

/** The function that is called at a place, if the grammar expected none there. */
function unknownFunction(query: string, at: number): string | undefined {
  if (query[at] !== "(") return undefined;
  const before = query.slice(0, at).trimEnd();
  let start = before.length;
  while (start > 0 && IN_NAME.test(before[start - 1]!)) start--;
  const name = before.slice(start).replace(/^\d+/, "");
  return name === "" || KEYWORDS.includes(name.toLowerCase()) ? undefined : name;
}

/**
 * Parses a series selector, the parameter `match[]` of the series and label APIs.
 *
 * @throws {QueryError} If it is not a series selector.
 */
export function parseMatchers(query: string): Matcher[] {
  const node = parseQuery(query);
  if (node.kind === "selector" && node.range === undefined && node.offset === 0) {
    return node.matchers;
  }
  throw bad(`Cannot read "${query}": expected a selector such as name{label="value"}`);
}

class Reader {
  readonly #query: string;
  readonly #bounds: Bounds;

  constructor(query: string, bounds: Bounds) {
    this.#query = query;
    this.#bounds = bounds;
  }

  node(from: SyntaxNode, depth: number): Node {
    if (depth > MAX_DEPTH) throw bad("Cannot evaluate a query that is nested so deep");
    const parts = children(from);
    const inner = (part: SyntaxNode | undefined) => {
      if (!part) throw this.#unknown(from);
      return this.node(part, depth + 1);
    };
    switch (from.name) {
      case "ParenExpr":
        return inner(parts[0]);
      case "NumberDurationLiteral":
        return { kind: "number", value: readNumber(this.#text(from)) };
      case "StringLiteral":
        return { kind: "string", text: readString(this.#text(from)) };
      case "VectorSelector":
        return this.#selector(from);
      case "MatrixSelector":
        return this.#matrix(from, inner(parts[0]));
      case "SubqueryExpr":
        return this.#subquery(from, inner(parts[0]));
      case "OffsetExpr":
        return this.#offset(from, inner(parts[0]));
      case "StepInvariantExpr":
        return this.#at(from, inner(parts[0]));
      case "UnaryExpr": {
        const of = inner(parts.at(-1));
        return this.#text(parts[0]!).startsWith("-") ? { kind: "negative", of } : of;
      }
      case "FunctionCall":
        return {
          kind: "call",
          name: this.#text(from.getChild("FunctionIdentifier")!),
          arguments: this.#arguments(from).map(inner),
        };
      case "AggregateExpr":
        return this.#aggregate(from, this.#arguments(from).map(inner));
      case "BinaryExpr":
        return this.#binary(from, inner);
      default:
        throw this.#unknown(from);
    }
  }

  #text({ from, to }: SyntaxNode): string {
    return this.#query.slice(from, to);
  }

  #unknown(node: SyntaxNode): QueryError {
    const name = MODIFIERS.get(node.name) ?? node.name;
    return bad(`Cannot evaluate "${this.#text(node)}": this collector does not have ${name}`);
  }

  #arguments(call: SyntaxNode): SyntaxNode[] {
    const body = call.getChild("FunctionCallBody");
    return body ? children(body) : [];
  }

  #selector(from: SyntaxNode): SelectorNode {
    const matchers: Matcher[] = [];
    const name = from.getChild("Identifier");
    if (name) matchers.push({ label: NAME, operator: "=", value: this.#text(name) });
    const list = from.getChild("LabelMatchers");
    for (const part of list ? children(list) : []) matchers.push(this.#matcher(part));
    if (name && matchers.slice(1).some(({ label }) => label === NAME)) {
      throw bad(`Cannot read "${this.#text(from)}": it names the metric twice`);
    }
    if (!matchers.some(excludesEmpty)) {
      throw bad(`Cannot evaluate "${this.#text(from)}": a matcher must exclude the empty text`);
    }
    return { kind: "selector", matchers, offset: 0 };
  }

  #matcher(part: SyntaxNode): Matcher {
    if (part.name === "QuotedLabelName") {
      return { label: NAME, operator: "=", value: readString(this.#text(part)) };
    }
    const [label, operator, value] = children(part);
    if (!label || !operator || !value) throw this.#unknown(part);
    return {
      label: this.#label(label),
      operator: this.#text(operator) as Matcher["operator"],
      value: readString(this.#text(value)),
    };
  }

  #label(node: SyntaxNode): string {
    const text = this.#text(node);
    return node.name === "QuotedLabelName" ? readString(text) : text;
  }

  #matrix(from: SyntaxNode, of: Node): SelectorNode {
    if (of.kind !== "selector" || of.range !== undefined) throw this.#unknown(from);
    return { ...of, range: this.#duration(children(from)[1], from) };
  }

  #subquery(from: SyntaxNode, of: Node): SubqueryNode {
    const [, range, step] = children(from);
    return {
      kind: "subquery",
      of,
      range: this.#duration(range, from),
      ...step && { step: this.#duration(step, from) },
      offset: 0,
    };
  }

  /** A positive duration in milliseconds. */
  #duration(node: SyntaxNode | undefined, of: SyntaxNode): number {
    const millis = node && readDuration(this.#text(node).trim());
    if (millis === undefined) {
      throw bad(`Cannot evaluate "${this.#text(of)}": expected a duration such as 5m`);
    }
    if (millis <= 0) throw bad("duration must be greater than 0");
    return millis;
  }

  #offset(from: SyntaxNode, of: Node): Node {
    const node = children(from).at(-1)!;
    const [, sign, bare] = /^([+-]?)\s*(.*)$/s.exec(this.#text(node))!;
    const millis = readDuration(bare!.trim());
    if (millis === undefined) throw this.#unknown(node);
    this.#checkOnce(from, "offset");
    return { ...this.#shiftable(from, of), offset: sign === "-" ? -millis : millis };
  }

  #at(from: SyntaxNode, of: Node): Node {
    const node = children(from).at(-1)!;
    const text = this.#text(node);
    this.#checkOnce(from, "@");
    const at = text.startsWith("start")
      ? this.#bounds.start
      : text.startsWith("end")
      ? this.#bounds.end
      : readNumber(text.trim()) * 1000;
    if (!Number.isFinite(at)) throw bad(`timestamp out of bounds for @ modifier: ${text.trim()}`);
    return { ...this.#shiftable(from, of), at };
  }

  /** Refuses a modifier that the expression below has as well. */
  #checkOnce(from: SyntaxNode, modifier: string): void {
    let below = from.firstChild;
    while (below && (below.name === "OffsetExpr" || below.name === "StepInvariantExpr")) {
      if (below.name === from.name) throw bad(`${modifier} may not be set multiple times`);
      below = below.firstChild;
    }
  }

  #shiftable(from: SyntaxNode, of: Node): SelectorNode | SubqueryNode {
    const isBare = children(from)[0]!.name !== "ParenExpr";
    if (isBare && (of.kind === "selector" || of.kind === "subquery")) return of;
    throw bad(
      `Cannot read "${this.#text(from)}": offset and @ follow a selector or a subquery`,
    );
  }

  #aggregate(from: SyntaxNode, given: Node[]): Node {
    const operator = this.#text(from.getChild("AggregateOp")!).toLowerCase();
    const modifier = from.getChild("AggregateModifier");
    const of = given.at(-1);
    if (!of || given.length > 2) throw this.#unknown(from);
    return {
      kind: "aggregate",
      operator,
      isWithout: Boolean(modifier?.getChild("Without")),
      labels: this.#labels(modifier?.getChild("GroupingLabels")),
      ...given.length === 2 && { parameter: given[0]! },
      of,
    };
  }

  #labels(list: SyntaxNode | null | undefined): string[] {
    return list ? children(list).map((label) => this.#label(label)) : [];
  }

  #binary(from: SyntaxNode, inner: (part: SyntaxNode | undefined) => Node): Node {
    const parts = children(from);
    const operator = this.#text(parts[1]!).toLowerCase();
    if (from.getChild("FillModifier")) throw this.#unknown(from.getChild("FillModifier")!);
    const right = inner(parts.at(-1));
    // The grammar treats the sign as part of the number, but a power binds tighter.
    const base = parts[0]!;
    if (operator === "^" && base.name === "NumberDurationLiteral") {
      const value = readNumber(this.#text(base));
      if (this.#text(base).startsWith("-")) {
        const left: Node = { kind: "number", value: -value };
        return { kind: "negative", of: this.#operation(from, operator, left, right) };
      }
    }
    return this.#operation(from, operator, inner(base), right);
  }

  #operation(from: SyntaxNode, operator: string, left: Node, right: Node): Node {
    const isBool = from.getChild("BoolModifier") !== null;
    const matching = this.#matching(from.getChild("MatchingModifierClause"));
    return { kind: "binary", operator, left, right, isBool, matching };
  }

  #matching(clause: SyntaxNode | null): Matching {
    if (!clause) return { isOn: false, labels: [], include: [] };
    const parts = children(clause);
    const lists = parts.filter(({ name }) => name === "GroupingLabels");
    const side = parts.find(({ name }) => name === "GroupLeft" || name === "GroupRight");
    const isOn = parts.some(({ name }) => name === "On");
    const [labels, include] = [this.#labels(lists[0]), this.#labels(lists[1])];
    const twice = isOn && include.find((label) => labels.includes(label));
    if (twice) throw bad(`label "${twice}" must not occur in ON and GROUP clause at once`);
    return {
      isOn,
      labels,
      ...side && { many: side.name === "GroupLeft" ? "left" : "right" },
      include,
    };
  }
}

/** Whether a matcher excludes an empty label. */
function excludesEmpty({ operator, value }: Matcher): boolean {
  if (operator === "=") return value !== "";
  if (operator === "!=") return value === "";
  return readPattern(value).matches("") !== (operator === "=~");
}

function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment") list.push(child);
  }
  return list;
}

function bad(message: string): QueryError {
  return new QueryError("bad_data", message);
}
