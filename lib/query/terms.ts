import { type Comparison, type Expression, type Operator, QueryError } from "./expression.ts";
import { findField } from "./fields.ts";
import { parseQuery } from "./parse.ts";

/** A term of a query for which there is a form field. */
export interface TermPlace {
  field: string;
  operator: Operator;
  /** Whether it follows a `not`. */
  isNegated?: boolean;
}

/** The value that a query requires for a field in a separate term; undefined if there is none. */
export function termValue(query: string, place: TermPlace): string | undefined {
  return findTerm(query, place)?.value;
}

/**
 * The query with another value in a field's term, or with an added term; an empty value removes it.
 */
export function withTerm(query: string, place: TermPlace, value: string): string {
  const { field, operator, isNegated } = place;
  const sign = operator === "=" ? ":" : operator;
  const term = value === "" ? "" : `${isNegated ? "not " : ""}${field}${sign}${quoted(value)}`;
  const found = findTerm(query, place);
  if (found) return joined(query.slice(0, found.start), term, query.slice(found.end));
  const isChoice = readQuery(query)?.kind === "or";
  return term === "" ? query : joined(isChoice ? `(${query.trim()})` : query, term);
}

/** A value as written in a query: in quotes if it would otherwise mean something else. */
export function quoted(value: string): string {
  return /^[^\s()"*]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

/** The term for an attribute with a value; undefined if no query can name the attribute. */
export function attributeTerm(key: string, value: string): string | undefined {
  if (!/^[^\s()"=:<>!]+$/.test(key)) return undefined;
  // Fields that every span has go first.
  return `${findField(key) ? "span." : ""}${key}=${quoted(value)}`;
}

function findTerm(query: string, place: TermPlace): Comparison | undefined {
  const expression = readQuery(query);
  const parts = expression?.kind === "and" ? expression.parts : expression ? [expression] : [];
  for (const part of parts) {
    const term = place.isNegated ? part.kind === "not" ? part.part : undefined : part;
    if (term?.kind !== "compare" || term.field !== place.field) continue;
    if (term.operator !== place.operator) continue;
    return part.kind === "not" ? { ...term, start: part.start, end: part.end } : term;
  }
  return undefined;
}

function joined(...parts: string[]): string {
  return parts.map((part) => part.trim()).filter((part) => part !== "").join(" ");
}

/** Undefined if the query is empty, or not valid yet. */
function readQuery(query: string): Expression | undefined {
  try {
    return parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
