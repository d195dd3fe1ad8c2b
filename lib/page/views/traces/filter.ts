import { QueryError } from "../../../query/expression.ts";
import { parseQuery } from "../../../query/parse.ts";
import { quoted, type TermPlace, withTerm } from "../../../query/terms.ts";

/** The terms of a query that have their own form field. */
export const TERMS = {
  service: { field: "service", operator: "=" },
  name: { field: "name", operator: "=" },
  error: { field: "status", operator: "=" },
  noError: { field: "status", operator: "=", isNegated: true },
  minDuration: { field: "duration", operator: ">=" },
  minTrace: { field: "trace.duration", operator: ">=" },
  maxTrace: { field: "trace.duration", operator: "<=" },
} as const satisfies Record<string, TermPlace>;

/** Parameters of older links and their terms. */
const OLD_PARAMETERS: Readonly<Record<string, TermPlace>> = {
  service: TERMS.service,
  operation: TERMS.name,
  min_duration: TERMS.minDuration,
};

/** All parameters that narrow the list. */
export const FILTER_NAMES = ["query", "status", "attribute", "q", ...Object.keys(OLD_PARAMETERS)];

/** Removes all of them from a URL. */
export function clearedFilter(): Record<string, undefined> {
  return Object.fromEntries(FILTER_NAMES.map((name) => [name, undefined]));
}

/** The query in a URL. Other parameters, which links may have, become terms of the query. */
export function queryOf(params: URLSearchParams): string {
  let query = params.get("query") ?? "";
  for (const [name, place] of Object.entries(OLD_PARAMETERS)) {
    const value = params.get(name);
    if (value) query = withTerm(query, place, value);
  }
  const status = params.get("status");
  if (status === "error") query = withTerm(query, TERMS.error, "error");
  if (status === "ok") query = withTerm(query, TERMS.noError, "error");
  for (const attribute of params.getAll("attribute")) {
    const end = attribute.indexOf("=");
    if (end < 1) continue;
    const place = { field: attribute.slice(0, end), operator: "=" } as const;
    query = withTerm(query, place, attribute.slice(end + 1));
  }
  const text = params.get("q");
  return text ? `${query} ${quoted(text)}`.trim() : query;
}

/** The error in a query; undefined if it is valid. */
export function queryProblem(query: string): QueryError | undefined {
  try {
    parseQuery(query);
    return undefined;
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}
