const encoder = new TextEncoder();

/** Says how far it is, to the person at the terminal. */
export function status(line: string): void {
  Deno.stderr.writeSync(encoder.encode(`${line}\n`));
}

/** Prints rows in columns, the first one to the left, the others to the right. */
export function printTable(rows: string[][]): void {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
    );
    Deno.stdout.writeSync(encoder.encode(`${cells.join("  ")}\n`));
  }
}
