import type { CompareHandlers } from "../../guests/compare.ts";
import { MODE_NAMES } from "../../../apps/mod.ts";
import type { CollectorStats } from "../../collector/model.ts";
import type { Collector } from "../../collector/collector.ts";
import type { CollectorSettings } from "../flags/collector_flags.ts";
import { within } from "../../time.ts";
import { startCollector } from "../collector/start_collector.ts";
import { createCompareHandlers } from "./compare_handlers.ts";
import { createDemoApp, type DemoApp } from "./demo_app.ts";
import { setDemoEnvironment } from "./demo_environment.ts";

/** A running demo. */
export interface Demo {
  collector: Collector;
  /** One per mode. */
  apps: DemoApp[];
  compare: CompareHandlers;
  /** Stops the apps, waits for their telemetry to arrive, and then stops the collector. */
  shutdown(timeoutMillis: number): Promise<CollectorStats>;
}

/** Options of {@linkcode startDemo}. */
export interface DemoOptions {
  settings: CollectorSettings;
  /** The port of the first app; the others follow. 0 means any free ports. */
  firstAppPort: number;
  report: (line: string) => void;
  /** Whether to serve the page as well as the API; true by default. */
  hasPage?: boolean;
  /** Called as soon as the page can be opened; the apps are not running yet. */
  onListening?: (collector: Collector) => void;
}

const APP_HOSTNAME = "127.0.0.1";

/**
 * Starts a collector and the app of each mode, which send to it. Taken ports are replaced.
 *
 * @throws {StartError} If the collector or an app cannot be started.
 */
export async function startDemo(
  { settings, firstAppPort, report, hasPage = true, onListening }: DemoOptions,
): Promise<Demo> {
  const running = Promise.withResolvers<CompareHandlers>();
  // Workers take time to start, so they do that while the collector starts.
  const workers = MODE_NAMES.map((mode) => createDemoApp(mode, report));
  await using started = new AsyncDisposableStack();
  for (const worker of workers) started.defer(() => worker.terminate());
  const collector = started.use(
    await startCollector(settings, {
      report,
      hasPage,
      replaceTakenPorts: true,
      compare: {
        view: async () => (await running.promise).view(),
        run: async (path) => (await running.promise).run(path),
        find: async (id) => (await running.promise).find(id),
      },
    }),
  );
  onListening?.(collector);
  for (const warning of setDemoEnvironment(collector)) report(`Warning: ${warning}`);
  const apps = await Promise.all(workers.map((worker, index) =>
    worker.start({
      hostname: APP_HOSTNAME,
      port: firstAppPort === 0 ? 0 : firstAppPort + index,
    })
  ));
  const compare = createCompareHandlers(apps);
  running.resolve(compare);
  started.move();
  return {
    collector,
    apps,
    compare,
    async shutdown(timeoutMillis) {
      const deadline = Date.now() + timeoutMillis;
      await within(
        timeoutMillis / 2,
        Promise.all(apps.map((app) => app.shutdown(timeoutMillis / 2))),
      );
      return await collector.shutdown(Math.max(deadline - Date.now(), 1));
    },
  };
}
