/** A measurement: what was used, in how much time, for how many spans. */
export interface Point {
  seconds: number;
  spans: number;
  cpuSeconds: number;
}

/** Cost that depends on time, and cost that depends on spans. */
export interface Fit {
  /** CPU seconds per second, without any spans. */
  cores: number;
  /** CPU seconds per span. */
  perSpan: number;
  /** How far the farthest point is from the fit, as a share of the point. */
  farthest: number;
}

/**
 * Fits `cpuSeconds = cores x seconds + perSpan x spans` to the points by least squares of relative distances,
 * so that a slow rate counts as much as a fast one. Neither cost is less than zero.
 */
export function fit(points: readonly Point[]): Fit {
  // Divided by what was used, each point asks for cores * x + perSpan * y = 1.
  const scaled = points.filter(({ cpuSeconds }) => cpuSeconds > 0)
    .map(({ seconds, spans, cpuSeconds }) => ({ x: seconds / cpuSeconds, y: spans / cpuSeconds }));
  const sum = (term: (point: { x: number; y: number }) => number) =>
    scaled.reduce((total, point) => total + term(point), 0);
  const [x, y] = [sum((point) => point.x), sum((point) => point.y)];
  const [xx, yy] = [sum((point) => point.x ** 2), sum((point) => point.y ** 2)];
  const xy = sum((point) => point.x * point.y);
  const determinant = xx * yy - xy ** 2;
  let cores = (x * yy - y * xy) / determinant;
  let perSpan = (y * xx - x * xy) / determinant;
  if (!(cores >= 0)) [cores, perSpan] = [0, yy > 0 ? y / yy : 0];
  else if (perSpan < 0) [cores, perSpan] = [x / xx, 0];
  const distances = scaled.map((point) => Math.abs(cores * point.x + perSpan * point.y - 1));
  return { cores, perSpan, farthest: Math.max(...distances) };
}
