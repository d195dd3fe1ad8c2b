import { useEffect, useRef, useState } from "preact/hooks";

/** How long after the last key a field is read. */
export const TYPING_MS = 200;

export interface TextFieldProps {
  /** Unique on the page. */
  id: string;
  label: string;
  hint: string;
  value: string;
  options?: readonly string[];
  /** Invalid text is marked, and not reported. */
  isValid?: (text: string) => boolean;
  invalidText?: string;
  isWide?: boolean;
  onChange: (value: string) => void;
}

/** An input for one term of the query. */
export function TextField(
  { id, label, hint, value, options, isValid = () => true, invalidText, isWide, onChange }:
    TextFieldProps,
) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const field = useRef<HTMLInputElement>(null);
  const [isInvalid, setInvalid] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // While the user types, the field is ahead of the URL, which must not overwrite it.
    if (!field.current || document.activeElement === field.current) return;
    field.current.value = value;
    setInvalid(false);
  }, [value]);
  const apply = (text: string) => {
    clearTimeout(timer.current);
    setInvalid(!isValid(text.trim()));
    if (isValid(text.trim())) onChange(text.trim());
  };
  return (
    <>
      <input
        ref={field}
        class={`field ${isWide ? "wide" : "narrow"}`}
        aria-label={label}
        aria-invalid={isInvalid}
        title={isInvalid ? invalidText : label}
        placeholder={hint}
        defaultValue={value}
        autocomplete="off"
        spellcheck={false}
        list={options ? `options-${id}` : undefined}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), TYPING_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply(event.currentTarget.value);
          if (event.key === "Escape" || event.key === "Enter") event.currentTarget.blur();
        }}
      />
      {isInvalid && <span class="field-problem" role="alert">{invalidText}</span>}
      {options && (
        <datalist id={`options-${id}`}>
          {options.map((option) => <option key={option} value={option} />)}
        </datalist>
      )}
    </>
  );
}
