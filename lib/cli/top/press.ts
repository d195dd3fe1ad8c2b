import { QueryError } from "../../query/expression.ts";
import { parseQuery } from "../../query/parse.ts";
import { type Canvas, extentOf, layOut, scrolled } from "../screen/page.ts";
import { HELP_PAGE } from "./pages/help.ts";
import { LOGS_PAGE } from "./pages/logs.ts";
import { SPAN_PAGE } from "./pages/span.ts";
import { TRACE_PAGE } from "./pages/trace.ts";
import { TRACES_PAGE } from "./pages/traces.ts";
import type { PageKind, PageName, Pressed, TopState } from "./state.ts";

const PAGES: Record<PageName, PageKind> = {
  traces: TRACES_PAGE,
  trace: TRACE_PAGE,
  span: SPAN_PAGE,
  logs: LOGS_PAGE,
  help: HELP_PAGE,
};

/** The whole screen, one text per row. None is wider than the terminal. */
export function frame(state: TopState, canvas: Canvas): string[] {
  return layOut(PAGES[state.page].draw(state, canvas), state.scroll, canvas);
}

/** The effect of a key on any page. Unknown keys change nothing. */
export function press(key: string, state: TopState, canvas: Canvas): Pressed {
  if (key === "ctrl-c") return { state, effect: { end: true } };
  if (state.input !== undefined) return typed(key, state, state.input);
  if (key === "q") return { state, effect: { end: true } };
  const quiet = { ...state, note: "" };
  const pressed = PAGES[state.page].press(key, quiet);
  if (pressed) return pressed;
  if (key === "?") return { state: { ...quiet, page: "help", before: state.page, scroll: 0 } };
  const first = scrolled(
    key,
    extentOf(PAGES[state.page].draw(state, canvas), state.scroll, canvas),
  );
  return { state: first === undefined ? state : { ...quiet, scroll: first } };
}

/** The effect of a key while a query is typed. */
function typed(key: string, state: TopState, input: string): Pressed {
  const typing = (text: string): Pressed => ({ state: { ...state, input: text, note: "" } });
  switch (key) {
    case "escape":
      return { state: { ...state, input: undefined } };
    case "return":
      return accepted(state, input.trim());
    case "ctrl-u":
      return typing("");
    case "\x7f":
    case "\b":
    case "ctrl-h":
      return typing([...input].slice(0, -1).join(""));
    case "space":
      return typing(`${input} `);
  }
  return [...key].length === 1 ? typing(input + key) : { state };
}

function accepted(state: TopState, query: string): Pressed {
  try {
    parseQuery(query);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { state: { ...state, input: undefined, note: error.message } };
  }
  return {
    state: { ...state, query, input: undefined, chosen: undefined, list: undefined, note: "" },
    effect: { reload: true },
  };
}
