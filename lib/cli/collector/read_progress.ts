import type { CollectorOptions } from "../../collector/collector.ts";

/** How often the progress of reading a file is printed; shorter reads print nothing. */
const INTERVAL_MS = 1000;

/** Prints how much of a database file has been checked and read, until disposed. */
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
