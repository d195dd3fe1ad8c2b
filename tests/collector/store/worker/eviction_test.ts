import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import { withFolder } from "../../../helpers/folder.ts";
import { gauge, logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";

const MIB = 2 ** 20;
const LIMITS = { all: 4 * MIB, inMemory: MIB };

/** A request of a hundred items that take much more room in the index than they have bytes. */
const SMALL = {
  traces: (n: number) =>
    tracesRequest(Array.from({ length: 100 }, (_, i) => span(String(n * 100 + i), "1"))),
  logs: () => logsRequest(Array(100).fill({ severityNumber: 9 })),
  metrics: (n: number) =>
    metricsRequest(Array.from({ length: 100 }, (_, i) => gauge(`m${n * 100 + i}`))),
};

for (const isInFile of [false, true]) {
  const place = isInFile ? "a file" : "memory";
  for (const signal of ["traces", "logs", "metrics"] as const) {
    Deno.test(`small ${signal} in ${place} fill what the index may take, and the newest stay`, async () => {
      await withStore(isInFile, async (engine, limits) => {
        for (let n = 1; n <= 400; n++) await engine.add([{ signal, bytes: SMALL[signal](n) }]);
        const { signals, bytes } = await engine.stats();
        assert(bytes <= limits.all, `${bytes} bytes`);
        assert(signals[signal].kept >= 500, `only ${signals[signal].kept} were kept`);
        assert(signals[signal].evicted > 0);
        assertEquals(signals[signal].received, 40_000);
      });
    });
  }

  Deno.test(`a flood of small log records in ${place} leaves spans their share`, async () => {
    await withStore(isInFile, async (engine) => {
      for (let n = 1; n <= 200; n++) {
        await engine.add([{ signal: "logs", bytes: SMALL.logs() }]);
      }
      for (let n = 1; n <= 200; n++) {
        await engine.add([{ signal: "traces", bytes: SMALL.traces(n) }]);
        await engine.add([{ signal: "logs", bytes: SMALL.logs() }]);
      }
      const { signals } = await engine.stats();
      assert(signals.traces.kept >= 2000, `only ${signals.traces.kept} spans were kept`);
      assert(signals.logs.kept >= 500, `only ${signals.logs.kept} log records were kept`);
    });
  });
}

Deno.test("a file that is opened again with a lower limit keeps what fits", async () => {
  await withFolder(async (folder) => {
    const options = { maxBytes: 8 * MIB, maxTraces: 1e6, file: join(folder, "kept.db") };
    const first = new StoreEngine(options);
    for (let n = 1; n <= 200; n++) {
      await first.add([{ signal: "logs", bytes: SMALL.logs() }]);
    }
    await first.close();
    const again = new StoreEngine(options, LIMITS);
    const { kept } = (await again.stats()).signals.logs;
    await again.close();
    assert(kept >= 8000 && kept < 20_000, `${kept} were kept`);
  });
});

async function withStore(
  isInFile: boolean,
  use: (engine: StoreEngine, limits: typeof LIMITS) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const limits = isInFile ? LIMITS : { all: MIB, inMemory: MIB };
    const file = isInFile ? { file: join(folder, "kept.db") } : {};
    const engine = new StoreEngine({ maxBytes: limits.all, maxTraces: 1e6, ...file }, limits);
    await use(engine, limits);
    await engine.close();
  });
}
