/** The unified diff of one file that a page shows. */
export interface ShownDiff {
  from: string;
  to: string;
  hunks: string[];
}

/** Parses a diff block, whose first two lines name the files. */
export function readDiff(text: string): ShownDiff {
  const [from, to] = [/^--- (\S+)$/m, /^\+\+\+ (\S+)$/m].map((line) => line.exec(text)?.[1]);
  if (!from || !to) throw new Error(`Cannot read a diff without --- and +++:\n${text}`);
  return { from, to, hunks: text.split(/^(?=@@ )/m).slice(1) };
}

/** Applies all hunks to the file; throws if a hunk doesn't match it. */
export function applyHunks(original: string, hunks: readonly string[]): string {
  const lines = original.split("\n");
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const [header = "", ...body] = hunk.replace(/\n$/, "").split("\n");
    const range = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header);
    if (!range) throw new Error(`Cannot read the hunk "${header}"`);
    const [start = 0, length = 1, newStart = 0, newLength = 1] = range.slice(1).map((digits) =>
      digits === undefined ? undefined : Number(digits)
    );
    // An empty range names the line before it.
    const first = length === 0 ? start : start - 1;
    result.push(...lines.slice(next, first));
    next = first;
    const newFirst = newLength === 0 ? newStart : newStart - 1;
    assertSame(header, result.length, newFirst);
    for (const line of body) {
      if (line.startsWith("+")) {
        result.push(line.slice(1));
      } else {
        assertSame(header, line.slice(1), lines[next++]);
        if (!line.startsWith("-")) result.push(line.slice(1));
      }
    }
    assertSame(header, next - first, length);
    assertSame(header, result.length - newFirst, newLength);
  }
  return [...result, ...lines.slice(next)].join("\n");
}

function assertSame(header: string, shown: unknown, real: unknown): void {
  if (shown !== real) throw new Error(`The hunk "${header}" shows ${shown}, but there is ${real}`);
}
