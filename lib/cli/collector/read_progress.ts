import type { CollectorOptions } from "../../collector/collector.ts";

/** How often it is told how far a file has been read; what takes less is not told at all. */
const INTERVAL_MS = 1000;

/** Tells how far a database file has been checked and read, until it is disposed of. */
export function showProgress(
  file: string,
  report: (line: string) => void,
): Disposable & Required<Pick<CollectorOptions["store"], "onProgress">> {
  let percent: number | undefined;
  const timer = setInterval(() => {
    report(percent === undefined ? `Checking ${file}` : `Reading ${file}: ${percent} %`);
  }, INTERVAL_MS);
  return {
    onProgress({ segments, total }) {
      percent = Math.floor(100 * segments / total);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
