import { hrefWith, navigate, place } from "../state/place.ts";
import { describeRange, fixedRange, LAST_RANGES, timeRangeOf } from "../state/time_range.ts";

const FIXED = "fixed";

/** Chooses the time range, which is in the URL. "Now" returns from fixed times to the present. */
export function TimeRangeField() {
  const { params } = place.value;
  const range = timeRangeOf(params);
  const isFixed = range.fromMillis !== undefined || range.toMillis !== undefined;
  return (
    <div class="time-range">
      <select
        class="field"
        aria-label="Time range"
        value={isFixed ? FIXED : params.get("range") ?? ""}
        onChange={({ currentTarget: { value } }) => change({ range: value })}
      >
        <option value="">all times</option>
        {LAST_RANGES.map(({ name, label }) => <option key={name} value={name}>{label}</option>)}
        {isFixed && <option value={FIXED}>{describeRange(range, Date.now())}</option>}
      </select>
      {isFixed && (
        <button
          type="button"
          class="button"
          title="Back to the present"
          onClick={() => change({})}
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

function change({ range }: { range?: string }): void {
  navigate(hrefWith({ ...fixedRange(undefined, undefined), range, before: undefined }), {
    replace: true,
  });
}
