import type { TraceList, TraceSummary } from "../../../collector/model.ts";
import { formatDuration, formatTime } from "../../../time_text.ts";
import { visible } from "../../../unsafe_text.ts";
import { keysLine } from "../../screen/keys_line.ts";
import { type Line, line, piece, spread } from "../../screen/line.ts";
import type { Canvas, Page } from "../../screen/page.ts";
import { cut, fit } from "../../terminal/text.ts";
import { moved } from "../move.ts";
import { MAX_TRACES, type PageKind, type Pressed, type TopState } from "../state.ts";

/** The width of everything but the names: mark, time, error, duration, spans, errors, and gaps. */
const FIXED_WIDTH = 2 + 16 + 2 + 1 + 10 + 7 + 7;

/** Narrower terminals show time, name and duration only. */
const WIDE = 70;

/** The newest traces, one line each. */
export const TRACES_PAGE: PageKind = { draw, press };

function draw(state: TopState, canvas: Canvas): Page {
  const { list, chosen } = state;
  const traces = list?.traces ?? [];
  const focus = Math.max(traces.findIndex(({ traceId }) => traceId === chosen), 0);
  return {
    head: headOf(state, canvas),
    headings: line(rowOf(HEADINGS, canvas.columns), "grey"),
    lines: traces.length > 0
      ? traces.map((trace, index) => traceLine(trace, index === focus, canvas))
      : emptyLines(state),
    foot: [inputLine(state, canvas), keysOf(state, canvas)],
    focus,
  };
}

function headOf({ list, rate, isPaused, origin, query }: TopState, { columns }: Canvas): Line {
  const counts = list === undefined
    ? "waiting for the collector"
    : `${matchedText(list, query)} of ${list.kept} traces`;
  const speed = !rate ? "" : `, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
  const state = isPaused ? "  paused" : "";
  return spread(
    piece(` otel-kit top  ${counts}${speed}${state}`, "bold"),
    [piece(`${origin} `, "grey")],
    columns,
  );
}

/** With a query, the collector stops counting once it has found as many as were asked for. */
function matchedText({ matched }: TraceList, query: string): string {
  return query !== "" && matched === MAX_TRACES ? `${matched}+` : String(matched);
}

/** The texts of one row, from left to right. */
interface Row {
  time: string;
  mark: string;
  name: string;
  service: string;
  duration: string;
  spans: string;
  errors: string;
}

const HEADINGS: Row = {
  time: "started",
  mark: " ",
  name: "root span",
  service: "service",
  duration: "took",
  spans: "spans",
  errors: "errors",
};

function rowOf({ time, mark, name, service, duration, spans, errors }: Row, columns: number) {
  if (columns < WIDE) {
    return `  ${fit(time, 8)} ${mark} ${fit(name, Math.max(columns - 24, 1))} ${
      duration.padStart(10)
    }`;
  }
  const names = columns - FIXED_WIDTH;
  const nameWidth = Math.ceil(names * 0.6);
  return `  ${fit(time, 15)} ${mark} ${fit(name, nameWidth)} ${fit(service, names - nameWidth)}` +
    `${duration.padStart(10)}${spans.padStart(7)}${errors.padStart(7)}`;
}

function traceLine(trace: TraceSummary, isChosen: boolean, { columns, now }: Canvas): Line {
  const { startTimeUnixNano, durationNanos, spanCount, errorCount, root, hasRoot } = trace;
  const name = visible(root.name) || "(no name)";
  const text = rowOf({
    time: formatTime(startTimeUnixNano, now),
    mark: errorCount > 0 ? "✕" : " ",
    name: hasRoot ? name : `${name} (no root yet)`,
    service: visible(root.serviceName) || "(no service.name)",
    duration: formatDuration(durationNanos),
    spans: String(spanCount),
    errors: errorCount > 0 ? String(errorCount) : "",
  }, columns);
  if (isChosen) return line(cut(`> ${text.slice(2)}`, columns), "inverse");
  return line(cut(text, columns), errorCount > 0 ? "red" : undefined);
}

function emptyLines({ list, query }: TopState): Line[] {
  if (!list) return [line("  No answer yet")];
  if (query && list.kept > 0) {
    return [line("  No stored trace matches. Press / to change the query")];
  }
  return [
    line("  No trace has arrived yet. Send some:"),
    [],
    line("    otel-kit auto -- COMMAND   runs your program with its telemetry on", "cyan"),
    line("    otel-kit doctor            checks why nothing arrives", "cyan"),
  ];
}

/** The query, or the note in its place. */
function inputLine({ input, query, note, failure }: TopState, { columns }: Canvas): Line {
  if (input !== undefined) {
    return [piece(" / ", "bold"), piece(endOf(input, columns - 5)), piece(" ", "inverse")];
  }
  const problem = note || failure;
  if (problem) return line(cut(` ${problem}`, columns), "yellow");
  return query
    ? [piece(" / ", "bold"), piece(endOf(query, columns - 4))]
    : line(" / service:shop status:error duration>100ms", "grey");
}

/** The end of a text that is too wide, where the cursor is. */
function endOf(text: string, width: number): string {
  return text.length > width ? `…${text.slice(-(width - 1))}` : text;
}

function keysOf({ input, isPaused }: TopState, { columns }: Canvas): Line {
  if (input !== undefined) {
    return keysLine([["Enter", "find"], ["Ctrl-U", "clear"], ["Esc", "cancel"]], columns);
  }
  return keysLine([
    ["↑↓", "choose"],
    ["Enter", "open"],
    ["/", "find"],
    ["e", "errors"],
    ["l", "logs"],
    ["Space", isPaused ? "go on" : "pause"],
    ["q", "quit"],
    ["?", "help"],
  ], columns);
}

function press(key: string, state: TopState): Pressed | undefined {
  const traces = state.list?.traces ?? [];
  const index = Math.max(traces.findIndex(({ traceId }) => traceId === state.chosen), 0);
  const target = moved(key, index, traces.length);
  if (target !== undefined) {
    // The first row stays the first one, so that the newest trace remains selected.
    return { state: { ...state, chosen: target === 0 ? undefined : traces[target]?.traceId } };
  }
  switch (key) {
    case "return": {
      const trace = traces[index];
      return trace && { state, effect: { open: trace.traceId } };
    }
    case "/":
      return { state: { ...state, input: state.query } };
    case "e": {
      const query = state.query === ERRORS ? "" : ERRORS;
      return { state: { ...state, query, chosen: undefined }, effect: { reload: true } };
    }
    case "l":
      return { state: { ...state, page: "logs", scroll: 0 }, effect: { reload: true } };
    case "space":
      return { state: { ...state, isPaused: !state.isPaused }, effect: { reload: true } };
    case "escape":
      return state.query === ""
        ? { state: { ...state, chosen: undefined } }
        : { state: { ...state, query: "", chosen: undefined }, effect: { reload: true } };
  }
  return undefined;
}

const ERRORS = "status:error";
