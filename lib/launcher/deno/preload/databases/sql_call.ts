import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_QUERY_SUMMARY,
  ATTR_DB_QUERY_TEXT,
  ATTR_DB_SYSTEM_NAME,
} from "@opentelemetry/semantic-conventions";
import { type DatabaseCall, type RunningCall, startCall } from "./client_call.ts";
import { describeStatement, type Dialect } from "./sql.ts";

/** A statement, and its destination. */
export interface SqlCall extends Pick<DatabaseCall, "server"> {
  sql: string;
  system: Dialect;
  /** The name of the database. */
  database: unknown;
}

/** Starts the span of a statement, named after its operation and its tables. */
export function startSqlCall({ sql, system, database, server = {} }: SqlCall): RunningCall {
  const { text, summary, operation } = describeStatement(sql, system);
  return startCall({
    name: summary || system,
    attributes: {
      [ATTR_DB_SYSTEM_NAME]: system,
      [ATTR_DB_QUERY_TEXT]: text,
      ...summary && { [ATTR_DB_QUERY_SUMMARY]: summary },
      ...operation && { [ATTR_DB_OPERATION_NAME]: operation },
      ...typeof database === "string" && database && { [ATTR_DB_NAMESPACE]: database },
    },
    server,
  });
}
