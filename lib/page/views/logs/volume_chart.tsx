import { useMemo, useRef, useState } from "preact/hooks";
import type { LogSeverity, LogVolume } from "../../../collector/model.ts";
import { SEVERITIES } from "../../../otlp/severity.ts";
import { Axes } from "../../chart/axes.tsx";
import { useDrag } from "../../chart/use_drag.ts";
import { useWidth } from "../../chart/use_width.ts";
import { showRange } from "../../components/time_range.tsx";
import { countOf, formatCount } from "../../format/number.ts";
import { formatMoment, formatTick } from "../../format/time.ts";
import { barAt, type VolumeBar, type VolumeLayout, volumeLayout } from "./volume.ts";

const HEIGHT_PIXELS = 110;

/** The first and the last of some bars. */
type Bars = readonly [number, number];

/** Log records over time by severity. A click on a bar, or dragging over several, narrows the time range. */
export function VolumeChart({ volume }: { volume: LogVolume }) {
  const element = useRef<HTMLDivElement>(null);
  const widthPixels = useWidth(element);
  const layout = useMemo(
    () => volumeLayout(volume, { widthPixels, heightPixels: HEIGHT_PIXELS }),
    [volume, widthPixels],
  );
  const { bars, plot } = layout;
  const [chosen, choose] = useState<Bars>();
  const { box, handlers } = useDrag({
    plot,
    onSelect: ({ left, right }) => narrow(bars, [barAt(bars, left), barAt(bars, right)]),
    onClick: (x) => narrow(bars, [barAt(bars, x), barAt(bars, x)]),
    onHover: (at) => choose(at && [barAt(bars, at.x), barAt(bars, at.x)]),
  });
  const marked: Bars | undefined = box ? [barAt(bars, box.left), barAt(bars, box.right)] : chosen;
  const current = marked && bars[marked[1]];
  return (
    <div
      ref={element}
      class="volume"
      role="application"
      aria-roledescription="chart"
      aria-label={labelOf(volume)}
      aria-describedby="volume-bar"
      tabIndex={0}
      data-scrolls
      onKeyDown={(event) => onKey(event, bars, chosen, choose)}
      onBlur={() => choose(undefined)}
      {...handlers}
    >
      {widthPixels > 0 && (
        <svg width={widthPixels} height={HEIGHT_PIXELS} aria-hidden="true">
          <Drawing layout={layout} />
          {marked && bars[marked[0]] && <Marked layout={layout} bars={marked} />}
        </svg>
      )}
      <p
        id="volume-bar"
        class={current ? "chart-note" : "visually-hidden"}
        role="status"
        style={current && noteStyle(current, widthPixels)}
      >
        {marked && current && describe(bars, marked)}
      </p>
    </div>
  );
}

function Drawing({ layout }: { layout: VolumeLayout }) {
  return useMemo(() => {
    const { plot, x, y, bars } = layout;
    const nowMillis = Date.now();
    const xText = (tick: number, index: number) =>
      formatTick(tick, { stepMillis: x.stepMillis, isFirst: index === 0, nowMillis });
    return (
      <>
        <Axes plot={plot} x={x} y={y} xText={xText} yText={formatCount} />
        {bars.map(({ fromMillis, left, width, parts }) => (
          <g key={fromMillis}>
            {parts.map(({ name, top, height }) => (
              <rect
                key={name}
                data-severity={name}
                x={left}
                y={top}
                width={width}
                height={height}
              />
            ))}
          </g>
        ))}
      </>
    );
  }, [layout]);
}

function Marked({ layout: { plot, bars }, bars: [a, b] }: { layout: VolumeLayout; bars: Bars }) {
  const first = bars[Math.min(a, b)]!;
  const last = bars[Math.max(a, b)]!;
  const width = last.left + last.width - first.left;
  return (
    <rect
      class="selection"
      x={first.left}
      y={plot.top}
      width={width}
      height={plot.bottom - plot.top}
    />
  );
}

/** Arrows go from bar to bar, with Shift they select several, and Enter narrows the time range. */
function onKey(
  event: KeyboardEvent,
  bars: readonly VolumeBar[],
  chosen: Bars | undefined,
  choose: (bars: Bars | undefined) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || bars.length === 0) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const step = event.key === "ArrowRight" ? 1 : -1;
    const from = chosen?.[1] ?? (step === 1 ? -1 : bars.length);
    const to = Math.min(Math.max(from + step, 0), bars.length - 1);
    choose([event.shiftKey && chosen ? chosen[0] : to, to]);
  } else if (event.key === "Enter" && chosen) narrow(bars, chosen);
  else if (event.key === "Escape" && chosen) choose(undefined);
  else return;
  event.preventDefault();
}

function narrow(bars: readonly VolumeBar[], [a, b]: Bars): void {
  const first = bars[Math.min(a, b)];
  const last = bars[Math.max(a, b)];
  // A record at the end of a bar belongs to the next one.
  if (first && last) showRange(first.fromMillis, last.toMillis - 1);
}

function describe(bars: readonly VolumeBar[], [a, b]: Bars): string {
  const some = bars.slice(Math.min(a, b), Math.max(a, b) + 1);
  const severe = SEVERITIES.toReversed().map(({ name }): LogSeverity => name);
  const parts = [...severe, "unspecified"].flatMap((name) => {
    const own = some.flatMap(({ parts }) => parts.filter((part) => part.name === name));
    const count = own.reduce((sum, part) => sum + part.count, 0);
    return count > 0 ? [`${formatCount(count)} ${name}`] : [];
  });
  const total = some.reduce((sum, bar) => sum + bar.total, 0);
  return `${formatMoment(some[0]!.fromMillis, Date.now())} · ${countOf(total, "record")}` +
    (parts.length > 0 ? `: ${parts.join(", ")}` : "");
}

function noteStyle({ left, width }: VolumeBar, widthPixels: number) {
  return left > widthPixels / 2
    ? { right: `${widthPixels - left + 8}px`, top: "0" }
    : { left: `${left + width + 8}px`, top: "0" };
}

function labelOf({ severities, total }: LogVolume): string {
  const parts = severities.map(({ name, counts }) =>
    `${formatCount(counts.reduce((sum, count) => sum + count, 0))} ${name}`
  );
  return `${countOf(total, "log record")} over time: ${parts.join(", ")}. ` +
    "Arrow keys go from bar to bar, with Shift they select several, and Enter narrows the time range.";
}
