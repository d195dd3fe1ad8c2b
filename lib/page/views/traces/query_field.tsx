import { useEffect, useRef, useState } from "preact/hooks";
import type { FieldSuggestion } from "../../../collector/model.ts";
import { traceIdIn } from "../../../query/trace_id.ts";
import { fetchFields, findTraceId } from "../../api.ts";
import { useKeys } from "../../state/keyboard.ts";
import { navigate, traceHref } from "../../state/place.ts";
import { completions } from "./completion.ts";
import { queryProblem } from "./filter.ts";
import { TYPING_MS } from "./text_field.tsx";

export interface QueryFieldProps {
  query: string;
  onChange: (query: string) => void;
}

/** The query line. It completes fields and values, and opens a trace by its id. */
export function QueryField({ query, onChange }: QueryFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const [typed, setTyped] = useState(query);
  const [attributes, setAttributes] = useState<FieldSuggestion[]>([]);
  const [answer, setAnswer] = useState("");
  useKeys({ "/": () => field.current && focusAtEnd(field.current) });
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // While the user types, the field is ahead of the URL, which must not overwrite it.
    if (!field.current || document.activeElement === field.current) return;
    field.current.value = query;
    setTyped(query);
  }, [query]);
  const apply = (text: string) => {
    clearTimeout(timer.current);
    onChange(text);
  };
  const problem = queryProblem(typed);
  return (
    <div class="query">
      <input
        ref={field}
        class="field"
        aria-label="Search"
        aria-invalid={problem !== undefined}
        aria-describedby="query-answer"
        placeholder='Search   service:shop status:error duration>100ms "text"   /'
        defaultValue={query}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        list="query-completions"
        onFocus={() => void fetchFields().then(setAttributes, () => setAttributes([]))}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          setAnswer("");
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), TYPING_MS);
        }}
        onKeyDown={(event) => {
          const { value } = event.currentTarget;
          const id = event.key === "Enter" ? traceIdIn(value) : undefined;
          if (event.key === "Enter") apply(value);
          if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
          if (id !== undefined) void openTrace(id).then(setAnswer);
        }}
      />
      <datalist id="query-completions">
        {completions(typed, attributes).map((option) => <option key={option} value={option} />)}
      </datalist>
      <span id="query-answer" class="query-answer" role="status">{answer}</span>
    </div>
  );
}

/** Ready for another term. */
function focusAtEnd(field: HTMLInputElement): void {
  field.focus();
  if (field.value !== "" && !field.value.endsWith(" ")) field.value += " ";
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Opens the trace whose ID starts with this text; otherwise returns the reason. */
async function openTrace(id: string): Promise<string> {
  try {
    navigate(traceHref(await findTraceId(id)));
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
