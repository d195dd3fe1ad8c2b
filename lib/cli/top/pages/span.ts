import { valueText } from "../../../otlp/any_value.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import { formatDuration } from "../../../time_text.ts";
import { kindName, missingTime } from "../../../trace/spans.ts";
import { keysLine } from "../../screen/keys_line.ts";
import { type Line, line, piece, wrap } from "../../screen/line.ts";
import type { Canvas, Page } from "../../screen/page.ts";
import { visible } from "../../../unsafe_text.ts";
import { fit, widthOf } from "../../terminal/text.ts";
import { logText } from "../log_text.ts";
import { chosenSpan, type PageKind, type Pressed, type TopState } from "../state.ts";

/** Longer values are cut; the page and `traces --json` have all of them. */
const MAX_VALUE = 4_000;

/** The part of the width that names may have. */
const MAX_NAME_SHARE = 0.4;

/** Everything about one span. */
export const SPAN_PAGE: PageKind = { draw, press };

function draw(state: TopState, { columns, now }: Canvas): Page {
  const open = state.open!;
  const found = chosenSpan(open);
  const foot = [
    keysLine([["↑↓", "scroll"], ["Esc", "back"], ["q", "quit"], ["?", "help"]], columns),
  ];
  if (!found) return { head: line(" Span", "bold"), lines: [line(" It has not arrived")], foot };
  const { span, name, kind, serviceName, durationNanos, startNanos, scope, resource } = found;
  const took = `took ${formatDuration(durationNanos)}`;
  const status = ["unset", "ok", "error"][span.status?.code ?? 0] ?? "unknown";
  const logs = open.detail.logs.filter(({ spanId }) => spanId === span.spanId);
  const section = (title: string, lines: Line[]): Line[] =>
    lines.length === 0 ? [] : [[], line(` ${title}`, "bold"), ...lines];
  return {
    head: line(` ${name || "(no name)"}`, "bold"),
    lines: [
      ...fields([
        ["service", serviceName || "(no service.name)"],
        ["kind", kindName(kind).toLowerCase()],
        ["time", `+${formatDuration(startNanos)}, ${missingTime(span) ?? took}`],
        ["status", [status, span.status?.message].filter(Boolean).join(": ")],
        ["span", `${span.spanId}, parent ${span.parentSpanId || "none"}`],
      ], columns),
      ...section("Attributes", attributeLines(span.attributes, columns)),
      ...(span.events ?? []).flatMap(({ name: event = "", attributes }) =>
        section(`Event ${event}`, attributeLines(attributes, columns))
      ),
      ...section(
        "Links",
        (span.links ?? []).map(({ traceId, spanId }) => line(`  trace ${traceId}, span ${spanId}`)),
      ),
      ...section(
        "Log records",
        logs.flatMap((log) => wrap(logText(log, now), columns - 1, { first: 2 })),
      ),
      ...section("Scope", scope.name ? [line(`  ${scope.name} ${scope.version ?? ""}`)] : []),
      ...section("Resource", attributeLines(resource, columns)),
    ],
    foot,
  };
}

function attributeLines(attributes: readonly KeyValue[] | undefined, columns: number): Line[] {
  return fields((attributes ?? []).map(({ key = "", value }) => [key, valueText(value)]), columns);
}

/** Names, and their values beside them in a column. Long values are wrapped. */
function fields(pairs: readonly [name: string, value: string][], columns: number): Line[] {
  const longest = Math.max(0, ...pairs.map(([name]) => widthOf(name)));
  const width = Math.min(longest, Math.floor(columns * MAX_NAME_SHARE));
  return pairs.flatMap(([name, value]) => {
    const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
    const rest = width + 4;
    return shown.split("\n").flatMap((text, index) =>
      index === 0
        ? wrap([piece(`${fit(visible(name), width)}  `, "cyan"), piece(text)], columns - 1, {
          first: 2,
          rest,
        })
        : wrap([piece(text)], columns - 1, { first: rest })
    );
  });
}

function press(key: string, state: TopState): Pressed | undefined {
  return key === "escape" || key === "return"
    ? { state: { ...state, page: "trace", scroll: 0 } }
    : undefined;
}
