import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { messageOf } from "../../error_message.ts";
import { hrefWith, navigate, place } from "../state/place.ts";
import {
  fixedRange,
  LAST_RANGES,
  type TimeRange,
  timeRangeOf,
  typedMoment,
  typedRange,
} from "../state/time_range.ts";

const OTHER = "other";

/** Chooses the time range, which is in the URL. "Now" returns from fixed times to the present. */
export function TimeRangeField() {
  const isTyping = useSignal(false);
  const { params } = place.value;
  const range = timeRangeOf(params);
  const isFixed = range.fromMillis !== undefined || range.toMillis !== undefined;
  const isOther = isFixed || isTyping.value;
  const last = range.lastMillis === undefined ? "" : params.get("range")!;
  const isListed = last === "" || LAST_RANGES.some(({ name }) => name === last);
  return (
    <div class="time-range">
      <select
        class="field"
        aria-label="Time range"
        value={isOther ? OTHER : last}
        onChange={({ currentTarget: { value } }) => {
          isTyping.value = value === OTHER;
          if (!isTyping.value) change(fixedRange(undefined, undefined), value);
        }}
      >
        <option value="">all times</option>
        {LAST_RANGES.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
        {!isListed && <option value={last}>last {last}</option>}
        <option value={OTHER}>from … to …</option>
      </select>
      {isOther && <TypedRange range={range} last={last} />}
      {isFixed && (
        <button
          type="button"
          class="button"
          title="Back to the present"
          onClick={() => {
            isTyping.value = false;
            change(fixedRange(undefined, undefined));
          }}
        >
          Now
        </button>
      )}
    </div>
  );
}

/** Goes to a range of fixed times. */
export function showRange(fromMillis: number | undefined, toMillis: number | undefined): void {
  navigate(hrefWith({ ...fixedRange(fromMillis, toMillis), before: undefined }));
}

/** Two fields for times and durations, which apply once they are left or Enter is pressed. */
function TypedRange({ range, last }: { range: TimeRange; last: string }) {
  const from = useRef<HTMLInputElement>(null);
  const to = useRef<HTMLInputElement>(null);
  const problem = useSignal("");
  const text = (millis: number | undefined) =>
    millis === undefined ? "" : typedMoment(millis, Date.now());
  const fromText = last || text(range.fromMillis);
  const toText = text(range.toMillis);
  useEffect(() => {
    for (const [field, value] of [[from, fromText], [to, toText]] as const) {
      // What the user is typing is ahead of the URL.
      if (field.current && field.current !== document.activeElement) field.current.value = value;
    }
  }, [fromText, toText]);
  const apply = () => {
    try {
      const typed = typedRange(from.current!.value.trim(), to.current!.value.trim(), Date.now());
      problem.value = "";
      change(typed);
    } catch (error) {
      problem.value = messageOf(error);
    }
  };
  const fields = [
    { field: from, label: "From", hint: "15m, 14:03", value: fromText },
    { field: to, label: "To", hint: "now", value: toText },
  ];
  return (
    <>
      {fields.map(({ field, label, hint, value }) => (
        <input
          key={label}
          ref={field}
          class="field moment"
          aria-label={label}
          aria-invalid={problem.value !== ""}
          title={`${label}: 14:03, 2026-01-31 14:03, or a duration ago such as 15m`}
          placeholder={hint}
          defaultValue={value}
          autocomplete="off"
          spellcheck={false}
          onChange={apply}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        />
      ))}
      {problem.value && <span class="field-problem" role="alert">{problem.value}</span>}
    </>
  );
}

function change(times: ReturnType<typeof typedRange>, range = times.range): void {
  navigate(hrefWith({ ...times, range: range || undefined, before: undefined }), { replace: true });
}
