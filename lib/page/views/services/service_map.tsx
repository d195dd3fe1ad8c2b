import type { ServiceEdge, ServiceStats } from "../../../collector/model.ts";
import { ScrollX } from "../../components/scroll_x.tsx";
import { serviceLabel } from "../../format/service_label.ts";
import { formatCount } from "../../format/number.ts";
import { serviceLook } from "../../state/service_colors.ts";
import { tracesHref } from "../../state/place.ts";
import { edgeLabel, layOutMap, type MapEdge, type MapNode } from "./map_layout.ts";

const NARROW_PIXELS = 640;
const MARGIN = 12;
/** The margin of the view around the map. */
const PAGE_MARGIN = 20;

export interface ServiceMapProps {
  services: readonly ServiceStats[];
  edges: readonly ServiceEdge[];
}

/** Services as boxes and calls as arrows; a list has the calls for screen readers. */
export function ServiceMap({ services, edges }: ServiceMapProps) {
  const errors = new Map(services.map(({ name, errorCount }) => [name, errorCount]));
  const noteOf = (name: string) => {
    const count = errors.get(name) ?? 0;
    return count > 0 ? `✕ ${formatCount(count)} failed` : "";
  };
  const map = layOutMap(services.map(({ name }) => name), edges, {
    isNarrow: innerWidth < NARROW_PIXELS,
    roomPixels: innerWidth - 2 * MARGIN - 2 * PAGE_MARGIN,
    measure: labelWidth,
    noteOf,
  });
  const width = map.width + 2 * MARGIN;
  const height = map.height + 2 * MARGIN;
  return (
    <figure class="service-map">
      <ScrollX label="Service map">
        <svg
          width={width}
          height={height}
          viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
          role="group"
          aria-label="Services"
        >
          <defs>
            <marker
              id="arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0 L8 4 L0 8 z" class="map-arrow" />
            </marker>
          </defs>
          {map.edges.map((edge) => <Edge key={`${edge.parent} ${edge.child}`} edge={edge} />)}
          {map.nodes.map((node) => <Node key={node.name} node={node} note={noteOf(node.name)} />)}
        </svg>
      </ScrollX>
      <figcaption class={edges.length > 0 ? "visually-hidden" : "soft"}>
        {edges.length > 0
          ? (
            <ul>
              {edges.map((edge) => (
                <li key={`${edge.parent} ${edge.child}`}>
                  {serviceLabel(edge.parent)} calls {serviceLabel(edge.child)}: {edgeLabel(edge)}
                </li>
              ))}
            </ul>
          )
          : "No calls between services: an arrow appears when a trace crosses from one to another."}
      </figcaption>
    </figure>
  );
}

function Node({ node, note }: { node: MapNode; note: string }) {
  const { name, x, y, width, height } = node;
  return (
    <a
      href={tracesHref(name)}
      class="map-node"
      {...serviceLook(name)}
    >
      <title>{name}</title>
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={5} />
      <rect class="map-mark" x={x - width / 2 + 12} y={y - 5} width={10} height={10} rx={2} />
      <text x={x - width / 2 + 30} y={y + (note ? -3 : 4.5)}>{serviceLabel(name)}</text>
      {note && <text class="map-error" x={x - width / 2 + 30} y={y + 14}>{note}</text>}
    </a>
  );
}

function Edge({ edge: { points, errorCount, label, x, y, width } }: { edge: MapEdge }) {
  const path = points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  return (
    <g aria-hidden="true" class={errorCount > 0 ? "map-edge has-error" : "map-edge"}>
      <path d={path} marker-end="url(#arrow)" />
      <rect x={x - width / 2} y={y - 9} width={width} height={18} />
      <text x={x} y={y + 4}>{label}</text>
    </g>
  );
}

/** The width of a label on the map, in the font of the page. */
function labelWidth(label: string): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return label.length * WIDEST_CHARACTER;
  canvas.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  return canvas.measureText(label).width;
}

const WIDEST_CHARACTER = 13;

let canvas: CanvasRenderingContext2D | null | undefined;
