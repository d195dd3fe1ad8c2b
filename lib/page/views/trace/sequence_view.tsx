import { useMemo } from "preact/hooks";
import { CopyButton } from "../../components/copy_button.tsx";
import { EmptyState } from "../../components/messages.tsx";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { cutMiddle } from "../../format/text.ts";
import { hrefWith } from "../../state/place.ts";
import { serviceColor } from "../../state/service_colors.ts";
import {
  buildSequence,
  CLIENT,
  type Sequence,
  type SequenceMessage,
  toMermaid,
} from "./sequence.ts";
import type { TreeNode } from "../../../trace/tree.ts";

const LANE_PIXELS = 210;
const STEP_PIXELS = 38;
const HEAD_PIXELS = 44;

/** The calls in chronological order, as a diagram and as Mermaid text. */
export function SequenceView({ roots }: { roots: readonly TreeNode[] }) {
  const sequence = useMemo(() => buildSequence(roots), [roots]);
  if (sequence.messages.length === 0) {
    return (
      <EmptyState title="No calls between services">
        <p>
          A sequence shows calls between services. All spans of this trace belong to one service.
        </p>
      </EmptyState>
    );
  }
  return (
    <div class="sequence" tabIndex={0} data-scrolls role="group" aria-label="Sequence">
      <p class="soft">
        Times count from the trace's start.
        {sequence.leftOut > 0 && ` ${countOf(sequence.leftOut, "later message")} left out.`}{" "}
        <CopyButton text={toMermaid(sequence)} label="Copy as Mermaid" />
      </p>
      <Picture sequence={sequence} />
    </div>
  );
}

function Picture({ sequence: { participants, messages } }: { sequence: Sequence }) {
  const width = participants.length * LANE_PIXELS;
  const height = HEAD_PIXELS + (messages.length + 1) * STEP_PIXELS;
  const laneOf = new Map(participants.map((name, index) => [name, (index + 0.5) * LANE_PIXELS]));
  return (
    <svg width={width} height={height} role="group" aria-label="Calls between services">
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="8"
          refY="4"
          markerWidth="8"
          markerHeight="8"
          orient="auto"
        >
          <path d="M0 0L8 4L0 8" />
        </marker>
      </defs>
      {[...laneOf].map(([name, x]) => (
        <g key={name} data-color={name === CLIENT ? undefined : serviceColor(name)}>
          <rect class="lane-mark" x={x - 4} y={6} width={9} height={9} rx={2} />
          <text x={x} y={32} text-anchor="middle">
            <title>{name}</title>
            {cutMiddle(name, 28)}
          </text>
          <line class="lane" x1={x} x2={x} y1={HEAD_PIXELS} y2={height} />
        </g>
      ))}
      {messages.map((message, index) => (
        <Arrow
          key={index}
          message={message}
          x1={laneOf.get(message.from)!}
          x2={laneOf.get(message.to)!}
          y={HEAD_PIXELS + (index + 1) * STEP_PIXELS}
        />
      ))}
    </svg>
  );
}

interface ArrowProps {
  message: SequenceMessage;
  x1: number;
  x2: number;
  y: number;
}

function Arrow({ message, x1, x2, y }: ArrowProps) {
  const { text, isAnswer, isError, from, to, spanId, timeNanos } = message;
  const kind = `${isAnswer ? " answer" : ""}${isError ? " bad" : ""}`;
  return (
    <a href={hrefWith({ span: spanId })} class={`arrow${kind}`}>
      <title>{`${from} → ${to}: ${text}`}</title>
      <line x1={x1} x2={x2} y1={y} y2={y} marker-end="url(#head)" />
      <text x={(x1 + x2) / 2} y={y - 6} text-anchor="middle">
        {isError && "✕ "}
        {cutMiddle(text, 24)}
        {!isAnswer && timeNanos > 0 && ` · ${formatDuration(timeNanos)}`}
      </text>
    </a>
  );
}
