import type { SignalStats } from "../../model.ts";
import type { AddResult } from "../store.ts";

/** Counts what happened to a signal's spans, log records or data points. */
export class SignalCounts {
  received = 0;
  rejected = 0;
  duplicated = 0;
  evicted = 0;

  add({ accepted, rejected, duplicated }: Omit<AddResult, "serviceNames">): void {
    this.received += accepted;
    this.rejected += rejected;
    this.duplicated += duplicated;
  }

  stats(): SignalStats {
    const { received, rejected, duplicated, evicted } = this;
    return { kept: received - evicted, received, rejected, duplicated, evicted };
  }

  clear(): void {
    this.received =
      this.rejected =
      this.duplicated =
      this.evicted =
        0;
  }
}
