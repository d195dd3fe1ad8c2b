/** Where a command writes: data may be piped on, status is for the person at the terminal. */
export interface Output {
  /** Writes a line of data to standard output; tells whether somebody still reads there. */
  data(line: string): boolean;
  /** Writes a line about what is going on to standard error. */
  status(line: string): void;
}

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
