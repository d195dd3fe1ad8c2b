import { SIGNALS } from "../../../otlp/signal.ts";
import { hexOfWords } from "../tables/words.ts";
import { SegmentDamage } from "../segments/sqlite_errors.ts";
import type { SqliteFile } from "../segments/sqlite_file.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import type { StoreOptions } from "../store.ts";
import type { SignalStores } from "../index/signal_stores.ts";
import type { KnownServices } from "./known_services.ts";

/** How many segments to restore between two progress reports. */
const PROGRESS_STEP = 500;

/**
 * Indexes the content of a file.
 *
 * @throws {SegmentDamage} If a segment is damaged.
 */
export function restoreStores(
  file: SqliteFile,
  stores: SignalStores,
  enforceLimits: () => void,
  services: KnownServices,
  onProgress: StoreOptions["onProgress"],
): void {
  const counts = SIGNALS.map((signal) => file.segments(signal).end - file.segments(signal).first);
  const total = counts.reduce((sum, count) => sum + count);
  const gone = file.readGone();
  let segments = 0;
  for (const signal of SIGNALS) {
    const bytes = file.segments(signal);
    for (let segment = bytes.first; segment < bytes.end; segment++) {
      try {
        const serviceNames = stores[signal].restore(
          bytes.read(segment),
          (id, at) => segment <= (gone.get(hexOfWords(id, at, 4)) ?? -1),
        );
        services.add(serviceNames);
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
        throw new SegmentDamage(`request ${segment} of ${signal} is none: ${error.message}`);
      }
      enforceLimits();
      if (++segments % PROGRESS_STEP === 0 || segments === total) onProgress?.({ segments, total });
    }
  }
}
