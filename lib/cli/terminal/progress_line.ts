import { type Output, writeText } from "../output.ts";
import { visible } from "../../unsafe_text.ts";
import { cut } from "./text.ts";
import { WIDTH } from "./trace_lines.ts";

/** Erases the line of the terminal, from its beginning. */
const ERASE = "\r\x1b[K";

/** A line that shows how far something is. */
export interface ProgressLine extends Disposable {
  show(text: string): void;
}

/**
 * A line on standard error that each text replaces, until it is disposed. Where standard error is not a
 * terminal, each text is a line of its own.
 */
export function openProgressLine({ status }: Pick<Output, "status">): ProgressLine {
  if (!Deno.stderr.isTerminal()) return { show: status, [Symbol.dispose]() {} };
  return {
    show: (text) => void writeText(Deno.stderr, ERASE + cut(visible(text), WIDTH - 1)),
    [Symbol.dispose]: () => void writeText(Deno.stderr, ERASE),
  };
}
