import { useMemo } from "preact/hooks";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { hrefWith } from "../../state/place.ts";
import { serviceColor } from "../../state/service_colors.ts";
import { flameFrames } from "./flame.ts";
import type { TreeNode } from "../../../trace/tree.ts";

const ROW_PIXELS = 24;
/** Narrower frames could be neither seen nor clicked. */
const LEAST_WIDTH = 0.001;

/** The time of the trace by span name; width is total time. A click opens the longest span of a frame. */
export function FlameView({ roots }: { roots: readonly TreeNode[] }) {
  const all = useMemo(() => flameFrames(roots), [roots]);
  const frames = all.filter(({ width }) => width >= LEAST_WIDTH);
  const depth = Math.max(0, ...frames.map(({ depth }) => depth)) + 1;
  const hidden = all.length - frames.length;
  return (
    <div class="flame" tabIndex={0} data-scrolls role="group" aria-label="Flame graph">
      <p class="soft">
        Spans with the same name are merged; width is total time.
        {hidden > 0 && ` ${countOf(hidden, "frame")} under 0.1% left out.`}
      </p>
      <div class="flame-frames" style={{ height: `${depth * ROW_PIXELS}px` }}>
        {frames.map((frame, index) => {
          const text = `${frame.name}, ${formatDuration(frame.totalNanos)}${
            frame.count > 1 ? ` in ${countOf(frame.count, "span")}` : ""
          }${frame.errorCount > 0 ? `, ${countOf(frame.errorCount, "error")}` : ""}`;
          return (
            <a
              key={index}
              class="flame-frame"
              data-color={serviceColor(frame.serviceName)}
              href={hrefWith({ span: frame.spanId })}
              title={`${text} – ${frame.serviceName || "unnamed service"}`}
              style={{
                left: `${frame.left * 100}%`,
                width: `${frame.width * 100}%`,
                top: `${frame.depth * ROW_PIXELS}px`,
              }}
            >
              {frame.errorCount > 0 && <span class="error error-sign" aria-hidden="true">✕</span>}
              {text}
            </a>
          );
        })}
      </div>
    </div>
  );
}
