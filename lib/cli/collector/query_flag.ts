import { QueryError } from "../../query/expression.ts";
import { parseQuery } from "../../query/parse.ts";
import { UsageError } from "../errors.ts";

/** The error for an invalid query in a flag: the message, the query, and a mark under the part that is wrong. */
export function queryUsageError(
  query: string,
  { message, start, end }: QueryError,
  flag = "query",
): UsageError {
  const mark = "^".repeat(Math.max(1, end - start));
  return new UsageError(
    `Cannot use --${flag}. ${message}\n  ${query}\n  ${" ".repeat(start)}${mark}`,
  );
}

/** @throws {UsageError} If the query is invalid. */
export function checkQuery(query: string): void {
  try {
    parseQuery(query);
  } catch (error) {
    throw error instanceof QueryError ? queryUsageError(query, error) : error;
  }
}
