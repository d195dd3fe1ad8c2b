import type { QueryError } from "../../../query/expression.ts";

/** Shows the error in a query, and marks its position. */
export function QueryProblem({ query, problem }: { query: string; problem: QueryError }) {
  const { message, start, end } = problem;
  return (
    <div class="message" role="alert">
      <h2>{message}</h2>
      <pre class="query-problem">
        {query.slice(0, start)}
        <mark>{query.slice(start, end) || " "}</mark>
        {query.slice(end)}
      </pre>
      <p>
        A query has terms such as <code>service:shop</code>, <code>status:error</code>,{" "}
        <code>duration&gt;100ms</code>, <code>http.route=/orders/:id</code>, and{" "}
        <code>"free text"</code>, with <code>and</code>, <code>or</code>, and <code>not</code>.
      </p>
    </div>
  );
}
