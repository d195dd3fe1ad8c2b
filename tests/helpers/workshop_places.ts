import { createCollector } from "../../lib/collector/collector.ts";
import {
  type Backends,
  embeddedBackends,
  EXTERNAL_BACKENDS,
} from "../../lib/workshop/backends/backends.ts";
import { needsBackends } from "./backends.ts";
import { buildPreload } from "./builds.ts";
import type { Condition } from "./needs.ts";
import { eventually } from "./poll.ts";

/** An environment for the workshop. */
export interface Place {
  name: string;
  needs: Condition;
  /**
   * Provides servers while the function works with them, and the preload that `auto` injects into programs.
   */
  lend(use: (backends: Backends) => Promise<void>): Promise<void>;
  /** Waits until earlier metrics have arrived everywhere, so that they don't count as new. */
  settle(): Promise<void>;
}

export const REAL_SERVERS: Place = {
  name: "the real servers",
  needs: await needsBackends(),
  async lend(use) {
    await buildPreload();
    await use(EXTERNAL_BACKENDS);
  },
  settle: () => waitForScrape(EXTERNAL_BACKENDS.prometheusUrl),
};

export const EMBEDDED_COLLECTOR: Place = {
  name: "the embedded collector",
  needs: { missing: undefined },
  async lend(use) {
    await buildPreload();
    await using collector = await createCollector({
      httpPort: 0,
      grpcPort: 0,
      uiPort: 0,
      store: { maxTraces: 1000, maxBytes: 64 * 1024 ** 2 },
    });
    await use(embeddedBackends(collector));
  },
  settle: () => Promise.resolve(),
};

export const PLACES: readonly Place[] = [REAL_SERVERS, EMBEDDED_COLLECTOR];

/** Waits until Prometheus has scraped the Collector again. */
async function waitForScrape(url: string): Promise<void> {
  const start = Date.now() / 1000;
  const query = encodeURIComponent("min(timestamp(up))");
  await eventually(
    `${url}/api/v1/query?query=${query}`,
    ({ data }) => Number(data.result[0]?.value[1]) > start,
  );
}
