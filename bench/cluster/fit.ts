/** A measurement: what was used, in how much time, for how many spans. */
export interface Point {
  /** How long the servers ran. */
  seconds: number;
  /** For how much of it something was sent. */
  sendingSeconds: number;
  spans: number;
  cpuSeconds: number;
}

/** What a server costs because it runs, because anything comes at all, and by what comes. */
export interface Fit {
  /** Cores that are used without any spans. */
  idle: number;
  /** Cores more while spans are sent, however few: batches leave several times a second. */
  sending: number;
  /** CPU seconds more per span. */
  perSpan: number;
  /** How far the farthest point is from the fit, as a share of the point. */
  farthest: number;
}

/** Which of the three costs there are: of all, or some without the others. */
const CHOICES = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]];
const TINY = 1e-12;

/**
 * Fits `cpuSeconds = idle x seconds + sending x sendingSeconds + perSpan x spans` to the points by least squares
 * of relative distances, so that a slow rate counts as much as a fast one. No cost is less than zero.
 */
export function fit(points: readonly Point[]): Fit {
  // Divided by what was used, each point asks for a sum of 1.
  const rows = points.filter(({ cpuSeconds }) => cpuSeconds > 0).map((point) =>
    [point.seconds, point.sendingSeconds, point.spans].map((value) => value / point.cpuSeconds)
  );
  let best = [0, 0, 0];
  for (const choice of CHOICES) {
    const solved = leastSquares(rows.map((row) => choice.map((column) => row[column]!)));
    if (!solved || solved.some((cost) => cost < 0)) continue;
    const costs = [0, 1, 2].map((column) => solved[choice.indexOf(column)] ?? 0);
    if (squares(rows, costs) < squares(rows, best)) best = costs;
  }
  const [idle, sending, perSpan] = best as [number, number, number];
  const farthest = Math.max(...distances(rows, best).map(Math.abs));
  return { idle, sending, perSpan, farthest };
}

function distances(rows: readonly number[][], costs: readonly number[]): number[] {
  return rows.map((row) => row.reduce((sum, value, i) => sum + value * costs[i]!, -1));
}

function squares(rows: readonly number[][], costs: readonly number[]): number {
  return distances(rows, costs).reduce((sum, distance) => sum + distance ** 2, 0);
}

/** Solves the normal equations for rows that should all give 1; nothing if some columns depend on others. */
function leastSquares(rows: readonly number[][]): number[] | undefined {
  const columns = rows[0]!.map((_, i) => i);
  const sum = (of: (row: number[]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const equations = columns.map((i) => [
    ...columns.map((j) => sum((row) => row[i]! * row[j]!)),
    sum((row) => row[i]!),
  ]);
  for (const pivot of columns) {
    const chosen = equations[pivot]!;
    if (Math.abs(chosen[pivot]!) < TINY * sum((row) => row[pivot]! ** 2) || !chosen[pivot]) return;
    for (const other of columns) {
      if (other === pivot) continue;
      const factor = equations[other]![pivot]! / chosen[pivot]!;
      equations[other] = equations[other]!.map((value, i) => value - factor * chosen[i]!);
    }
  }
  return columns.map((i) => equations[i]!.at(-1)! / equations[i]![i]!);
}
