const encoder = new TextEncoder();

/** Prints the progress to the terminal. */
export function status(line: string): void {
  Deno.stderr.writeSync(encoder.encode(`${line}\n`));
}

/** Prints rows in columns, the first one left-aligned, the others right-aligned. */
export function printTable(rows: string[][]): void {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
    );
    Deno.stdout.writeSync(encoder.encode(`${cells.join("  ")}\n`));
  }
}
