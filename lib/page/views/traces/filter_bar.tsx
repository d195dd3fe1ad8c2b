import { useEffect, useRef } from "preact/hooks";
import { parseDuration } from "../../format/duration.ts";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { isAttribute, isFiltered } from "./filter.ts";

/** The filter of the list, which is in the URL. */
export function FilterBar({ services, operations, counts }: FilterBarProps) {
  const first = useRef<HTMLInputElement>(null);
  const { params } = place.value;
  useKeys({ "/": () => first.current?.focus() });
  const minDuration = params.get("min_duration") ?? "";
  const attributes = params.getAll("attribute");
  return (
    <form
      class="trace-filter"
      role="search"
      aria-label="Traces"
      onSubmit={(event) => event.preventDefault()}
    >
      <TextField name="q" label="Search text" hint="Search text   /" inputRef={first} isWide />
      <TextField name="service" label="Service" hint="service" options={services} isWide />
      <TextField
        name="operation"
        label="Span name or route"
        hint="GET /route"
        options={operations}
        isWide
      />
      <StatusField value={params.get("status") ?? ""} />
      <TextField
        name="min_duration"
        label="Minimum duration, such as 10 ms"
        hint="≥ 10 ms"
        isInvalid={minDuration !== "" && parseDuration(minDuration) === undefined}
      />
      {[...attributes, ""].map((attribute, index) => (
        <TextField
          key={index}
          name="attribute"
          index={index}
          label="Attribute, as key=value"
          hint="attribute=value"
          isInvalid={attribute !== "" && !isAttribute(attribute)}
          isWide
        />
      ))}
      {isFiltered(params) && (
        <button
          type="button"
          class="button"
          onClick={() => navigate(place.value.path)}
        >
          Clear
        </button>
      )}
      <span class="counts" role="status">{counts}</span>
    </form>
  );
}

export interface FilterBarProps {
  /** The suggestions. */
  services: readonly string[];
  operations: readonly string[];
  /** How many traces are shown and stored. */
  counts: string;
}

function StatusField({ value }: { value: string }) {
  return (
    <select
      class="field"
      aria-label="Status"
      value={value}
      onChange={(event) => change({ status: event.currentTarget.value })}
    >
      <option value="">any status</option>
      <option value="error">with errors</option>
      <option value="ok">without errors</option>
    </select>
  );
}

interface TextFieldProps {
  name: string;
  label: string;
  hint: string;
  /** The index among parameters with the same name. */
  index?: number;
  options?: readonly string[];
  isInvalid?: boolean;
  isWide?: boolean;
  inputRef?: { current: HTMLInputElement | null };
}

const TYPING_MS = 200;

function TextField(
  { name, label, hint, index = 0, options, isInvalid = false, isWide = false, inputRef }:
    TextFieldProps,
) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const own = useRef<HTMLInputElement>(null);
  const field = inputRef ?? own;
  const value = place.value.params.getAll(name)[index] ?? "";
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The input is ahead of the URL: the URL changes the field only from outside.
    if (field.current && document.activeElement !== field.current) field.current.value = value;
  }, [value]);
  const apply = (text: string) => {
    const values = place.value.params.getAll(name);
    values[index] = text.trim();
    change({ [name]: values });
  };
  return (
    <>
      <input
        ref={field}
        class={`field ${isWide ? "wide" : "narrow"}`}
        aria-label={label}
        aria-invalid={isInvalid}
        title={label}
        placeholder={hint}
        defaultValue={value}
        autocomplete="off"
        spellcheck={false}
        list={options ? `options-${name}` : undefined}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), TYPING_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply(event.currentTarget.value);
          if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
        }}
      />
      {options && (
        <datalist id={`options-${name}`}>
          {options.map((option) => <option key={option} value={option} />)}
        </datalist>
      )}
    </>
  );
}

function change(changes: Record<string, string | readonly string[]>): void {
  navigate(hrefWith(changes), { replace: true });
}
