import { useEffect, useRef } from "preact/hooks";
import type { TraceSpan } from "../../../trace/spans.ts";
import { formatCount } from "../../format/number.ts";
import { useKeys } from "../../state/keyboard.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { TYPING_MS } from "../traces/text_field.tsx";
import type { SpanPointer } from "./span_pointer.ts";
import { stepFrom, Stepper } from "./stepper.tsx";

export interface FindFieldProps {
  /** The spans that match, in the order of the rows. */
  found: readonly TraceSpan[];
  pointer: SpanPointer;
}

/** Searches the spans of the trace, by query or text, and goes from one match to the next. */
export function FindField({ found, pointer }: FindFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const text = place.value.params.get("find") ?? "";
  const currentId = pointer.current.value;
  const step = (by: 1 | -1) => {
    if (found.length > 0) pointer.wanted.value = stepFrom(found, currentId, by);
  };
  useKeys({ "/": () => field.current?.focus(), n: () => step(1), N: () => step(-1) });
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // While the user types, the field is ahead of the URL, which must not overwrite it.
    if (field.current && document.activeElement !== field.current) field.current.value = text;
  }, [text]);
  const apply = (value: string) => {
    clearTimeout(timer.current);
    if (value !== text) navigate(hrefWith({ find: value }), { replace: true });
  };
  return (
    <search class="find">
      <input
        ref={field}
        class="field"
        aria-label="Find in this trace"
        title="A query, such as service:shop duration>10ms, or any text. Keys: / n N"
        placeholder="Find in trace   /"
        defaultValue={text}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), TYPING_MS);
        }}
        onKeyDown={(event) => {
          const { value } = event.currentTarget;
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key !== "Enter") return;
          if (value === text) step(event.shiftKey ? -1 : 1);
          else apply(value);
        }}
      />
      {text !== "" && (
        <>
          <span class="soft find-count" role="status">{countText(found, currentId)}</span>
          <Stepper
            spans={found}
            currentId={currentId}
            noun="a match"
            onStep={(spanId) => pointer.wanted.value = spanId}
          />
        </>
      )}
    </search>
  );
}

function countText(found: readonly TraceSpan[], currentId: string | undefined): string {
  if (found.length === 0) return "no match";
  const current = found.findIndex(({ spanId }) => spanId === currentId);
  const count = formatCount(found.length);
  if (current >= 0) return `${formatCount(current + 1)} of ${count}`;
  return found.length === 1 ? "1 match" : `${count} matches`;
}
