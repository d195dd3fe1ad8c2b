import { jsonEscape, replaceUnsafe } from "../unsafe_text.ts";
import { COLORS, colorSequence, isColored, PLAIN } from "./colors.ts";

/** Where a command writes: data may be piped on, status is for the person at the terminal. */
export interface Output {
  /** Writes a line of data to standard output; tells whether somebody still reads there. */
  data(line: string): boolean;
  /** Writes a line about what is going on to standard error. */
  status(line: string): void;
}

/**
 * The same output for texts that may hold what others wrote: what a terminal would act on is escaped
 * as JSON escapes it, so that a line of JSON still says the same. Line ends, tabs and the colors of
 * our own stay. What is to be read by people is made {@linkcode visible} before.
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

function escapeUnsafe(text: string): string {
  const isOwn = (part: string) => OWN_SEQUENCES.has(part) && isColored();
  return text.split(SEQUENCE).map((part) =>
    isOwn(part)
      ? part
      : replaceUnsafe(part, (char) => KEPT.includes(char) ? char : jsonEscape(char))
  ).join("");
}

const KEPT = "\n\t";

const encoder = new TextEncoder();

/** The process's own streams. A reader that went away is no error. */
export const STANDARD_OUTPUT: Output = {
  data: (line) => writeText(Deno.stdout, `${line}\n`),
  status: (line) => void writeText(Deno.stderr, `${line}\n`),
};

/** Writes a text as it is; tells whether somebody still reads there. */
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
