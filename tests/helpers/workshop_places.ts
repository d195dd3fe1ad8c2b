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

/** Where the workshop can take place. */
export interface Place {
  name: string;
  needs: Condition;
  /** Servers for as long as the function works with them, and what `auto` loads into programs. */
  lend(use: (backends: Backends) => Promise<void>): Promise<void>;
  /** Waits until metrics that were sent before have arrived everywhere: they do not count as new. */
  settle(): Promise<void>;
}

export const PLACES: Place[] = [
  {
    name: "the real servers",
    needs: await needsBackends(),
    async lend(use) {
      await buildPreload();
      await use(EXTERNAL_BACKENDS);
    },
    settle: () => waitForScrape(EXTERNAL_BACKENDS.prometheusUrl),
  },
  {
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
  },
];

/** Waits until Prometheus has read once more what the Collector exports. */
async function waitForScrape(url: string): Promise<void> {
  const start = Date.now() / 1000;
  const query = encodeURIComponent("min(timestamp(up))");
  await eventually(
    `${url}/api/v1/query?query=${query}`,
    ({ data }) => Number(data.result[0]?.value[1]) > start,
  );
}
