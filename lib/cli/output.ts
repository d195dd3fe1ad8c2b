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
  data: (line) => write(Deno.stdout, line),
  status: (line) => void write(Deno.stderr, line),
};

function write(stream: typeof Deno.stdout | typeof Deno.stderr, line: string): boolean {
  let bytes = encoder.encode(`${line}\n`);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(stream.writeSync(bytes));
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    return false;
  }
}
