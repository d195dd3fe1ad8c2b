import { jsonEscape, replaceUnsafe } from "../unsafe_text.ts";
import { COLORS, colorSequence, isColored, PLAIN } from "./colors.ts";

/** The output of a command: data may be piped, status lines are for the user. */
export interface Output {
  /** Writes a line of data to standard output; returns whether the reader still reads. */
  data(line: string): boolean;
  /** Writes a status line to standard error. */
  status(line: string): void;
}

/**
 * Wraps an output for texts from outside: control characters are escaped as in JSON, so that a line of JSON
 * keeps its meaning. Line ends, tabs and the kit's own colors stay. Text for people is made {@linkcode visible}
 * first.
 */
export function guardOutput({ data, status }: Output): Output {
  return {
    data: (line) => data(escapeUnsafe(line)),
    status: (line) => status(escapeUnsafe(line)),
  };
}

const OWN_SEQUENCES = new Set([...Object.values(COLORS), PLAIN].map(colorSequence));

// deno-lint-ignore no-control-regex
const SEQUENCE = /(\x1b\[\d{1,2}m)/;

/** A text with what a terminal would act on escaped as in JSON, except the kit's own colors. */
export function escapeUnsafe(text: string): string {
  const isOwn = (part: string) => OWN_SEQUENCES.has(part) && isColored();
  return text.split(SEQUENCE).map((part) =>
    isOwn(part)
      ? part
      : replaceUnsafe(part, (char) => KEPT.includes(char) ? char : jsonEscape(char))
  ).join("");
}

const KEPT = "\n\t";

const encoder = new TextEncoder();

/** The process's own streams. A closed reader is not an error. */
export const STANDARD_OUTPUT: Output = {
  data: (line) => writeText(Deno.stdout, `${line}\n`),
  status: (line) => void writeText(Deno.stderr, `${line}\n`),
};

/** Writes a text unchanged; returns whether the reader still reads. */
export function writeText(stream: typeof Deno.stdout | typeof Deno.stderr, text: string): boolean {
  let bytes = encoder.encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    return false;
  }
}
