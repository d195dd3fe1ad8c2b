import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Buffer } from "node:buffer";
import { DatabaseError } from "../../../../lib/collector/store/database_error.ts";
import { StoreEngine } from "../../../../lib/collector/store/worker/store_engine.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { gauge, logsRequest, metricsRequest, span, tracesRequest } from "../requests.ts";

const LIMITS = { maxTraces: 100_000, maxBytes: 2 ** 26 };
export const PAGE_BYTES = 4096;
/** A trace in the middle of the file that is deleted. */
const DELETED = "30".padStart(32, "0");

/** Numbers of requests by signal in the damaged file, and of spans in each trace request. */
export const REQUESTS = { traces: 60, logs: 20, metrics: 20 };
export const SPANS = 5;
/** Makes every twentieth trace request span several pages. */
const LONG_TEXT = "x".repeat(3000);

/** Stores a request. */
export async function add(engine: StoreEngine, signal: Signal, bytes: Uint8Array<ArrayBuffer>) {
  const [outcome] = await engine.add([{ signal, bytes }]);
  assert("result" in outcome!);
}

/** The file after a clean shutdown. */
export async function createFile(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const engine = await fillFile(file);
  await engine.close();
  return await Deno.readFile(file);
}

/** Fills a new file, and leaves it open. */
export async function fillFile(file: string): Promise<StoreEngine> {
  const engine = new StoreEngine({ ...LIMITS, file });
  for (let i = 0; i < REQUESTS.traces; i++) {
    const text = { stringValue: i % 20 === 0 ? LONG_TEXT : "x".repeat(500) };
    const spans = Array.from(
      { length: SPANS },
      (_, j) => span(`${i + 1}`, `${j + 1}`, { attributes: [{ key: "text", value: text }] }),
    );
    await add(engine, "traces", tracesRequest(spans));
  }
  for (let i = 0; i < REQUESTS.logs; i++) {
    await add(engine, "logs", logsRequest([{ body: { stringValue: `record ${i}` } }]));
    await add(engine, "metrics", metricsRequest([gauge(`gauge ${i}`)]));
  }
  // The deletion is recorded, and the trace must not come back.
  await engine.clear(DELETED);
  return engine;
}

/** The messages and contents after a start with the file; `error` if the file is refused. */
export async function start(file: string, isRecovering = false) {
  const notices: string[] = [];
  const onNotice = (notice: string) => notices.push(notice);
  try {
    const engine = new StoreEngine({ ...LIMITS, file, isRecovering, onNotice });
    const { signals } = await engine.stats();
    const isBack = await engine.traceSummary(DELETED) !== undefined;
    // The store still accepts new data.
    await add(engine, "logs", logsRequest([{ body: { stringValue: "afterwards" } }]));
    await engine.close();
    const { traces, logs, metrics } = signals;
    return { notices, kept: [traces.kept, logs.kept, metrics.kept], isBack };
  } catch (error) {
    assert(error instanceof DatabaseError, String(error));
    return { notices, error: error.message };
  }
}

/** Ways to damage a page. */
export const DAMAGES = {
  zero: (page: Uint8Array) => page.fill(0),
  noise: (page: Uint8Array) => {
    let state = 1;
    for (let i = 0; i < page.length; i++) {
      state = state * 1664525 + 1013904223 >>> 0;
      page[i] = state >>> 24;
    }
  },
  "one changed byte": (page: Uint8Array) => page[page.length - 100]! ^= 0xff,
};

/** Checks whether a damaged file is refused, and that its intact data is saved. */
export async function checkDamaged(
  file: string,
  bytes: Buffer,
  everything: number[],
): Promise<void> {
  await Deno.writeFile(file, bytes);
  const refused = await start(file);
  // Nothing depended on the damaged page.
  if (refused.kept) return assertEquals(refused.kept, everything, file);
  assertMatch(refused.error, /: it is damaged \(.*\)\. What can be saved is \d.*--db-recover/);
  assert(bytes.equals(await Deno.readFile(file)), `${file} was changed`);

  const recovered = await start(file, true);
  assert(recovered.kept, `${file}: ${recovered.error}`);
  const notice = recovered.notices.join();
  assert(notice.includes(`The damaged file is kept as "${file}.damaged"`), notice);
  assert(bytes.equals(await Deno.readFile(`${file}.damaged`)));
  const [, saved, total] = /(\d+) of (\d+) requests of traces/.exec(notice)!.map(Number);
  assertEquals(total, REQUESTS.traces, `${file}: ${notice}`);
  // A page holds a few requests at most.
  assert(saved! >= REQUESTS.traces - 9, `${file}: ${notice}`);
  const [spans] = recovered.kept;
  assert(spans! >= (saved! - 1) * SPANS, `${file}: ${notice}, but ${spans} spans`);
  assert(!recovered.isBack || notice.includes("may be back"), `${file}: ${notice}`);

  const again = await start(file);
  assertEquals([again.notices, again.kept?.[0]], [[], spans]);
}
