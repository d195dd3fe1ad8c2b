import { type TermPlace, termValue, withTerm } from "../../../query/terms.ts";
import { queryDuration } from "../../../query/duration.ts";
import { TimeRangeField } from "../../components/time_range.tsx";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { clearedFilter, queryOf, TERMS } from "./filter.ts";
import { QueryField } from "./query_field.tsx";
import { TextField } from "./text_field.tsx";

export interface FilterBarProps {
  query: string;
  /** The suggestions. */
  services: readonly string[];
  names: readonly string[];
  /** How many traces are shown and stored. */
  counts: string;
  /** Whether new traces wait. */
  isPaused: boolean;
  onPause: () => void;
}

/** The list's query, which is in the URL, and form fields that change it. */
export function FilterBar(
  { query, services, names, counts, isPaused, onPause }: FilterBarProps,
) {
  useKeys({ p: onPause });
  return (
    <form
      class="trace-filter"
      role="search"
      aria-label="Traces"
      onSubmit={(event) => event.preventDefault()}
    >
      <div class="query-line">
        <QueryField query={query} onChange={changeQuery} />
        <TimeRangeField />
        <button
          type="button"
          class="button"
          aria-pressed={isPaused}
          title={isPaused ? "Show new traces again (p)" : "Let new traces wait (p)"}
          onClick={onPause}
        >
          {isPaused ? "Paused" : "Pause"}
        </button>
      </div>
      <TermFields query={query} services={services} names={names} />
      {query !== "" && (
        <button
          type="button"
          class="button"
          onClick={() => changeQuery("")}
        >
          Clear
        </button>
      )}
      <span class="counts" role="status">{counts}</span>
    </form>
  );
}

/** The form fields, each for one term of the query. */
function TermFields(
  { query, services, names }: Pick<FilterBarProps, "query" | "services" | "names">,
) {
  const isError = termValue(query, TERMS.error) === "error";
  const isOk = termValue(query, TERMS.noError) === "error";
  return (
    <>
      <TextField
        id="service"
        label="Service"
        hint="service"
        value={termValue(query, TERMS.service) ?? ""}
        options={services}
        onChange={(value) => changeTerms([TERMS.service, value])}
        isWide
      />
      <TextField
        id="name"
        label="Span name or route"
        hint="GET /route"
        value={termValue(query, TERMS.name) ?? ""}
        options={names}
        onChange={(value) => changeTerms([TERMS.name, value])}
        isWide
      />
      <select
        class="field"
        aria-label="Status"
        value={isError ? "error" : isOk ? "ok" : ""}
        onChange={({ currentTarget: { value } }) =>
          changeTerms(
            [TERMS.error, value === "error" ? "error" : ""],
            [TERMS.noError, value === "ok" ? "error" : ""],
          )}
      >
        <option value="">any status</option>
        <option value="error">with errors</option>
        <option value="ok">without errors</option>
      </select>
      <TextField
        id="min-duration"
        label="Minimum duration, such as 10 ms"
        hint="≥ 10 ms"
        value={termValue(query, TERMS.minDuration) ?? ""}
        isValid={(value) => value === "" || queryDuration(withUnit(value)) !== undefined}
        invalidText="expected a duration, such as 10 ms"
        onChange={(value) => changeTerms([TERMS.minDuration, withUnit(value)])}
      />
    </>
  );
}

/** Changes terms of the query in the URL, which another field may have changed since it was shown. */
function changeTerms(...terms: [TermPlace, value: string][]): void {
  changeQuery(
    terms.reduce(
      (query, [term, value]) => withTerm(query, term, value),
      queryOf(place.value.params),
    ),
  );
}

/** Puts the query in the URL, in place of all filter parameters. */
export function changeQuery(query: string): void {
  navigate(hrefWith({ ...clearedFilter(), query: query.trim() }), { replace: true });
}

/** A duration as a query writes it: "10 ms" and "10" are "10ms". */
function withUnit(value: string): string {
  const text = value.replace(/\s+/g, "").toLowerCase().replace(/min$/, "m");
  return /^[\d.]+$/.test(text) ? `${text}ms` : text;
}
