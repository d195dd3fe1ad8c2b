/** The worker that keeps telemetry; see {@linkcode openStore}. */
import { getHeapStatistics } from "node:v8";
import { parentPort } from "node:worker_threads";
import { messageOf } from "../../../error_message.ts";
import { ChangeTimer } from "./change_timer.ts";
import { Pulse, type PulseWords } from "./pulse.ts";
import { QuestionTurns } from "./question_turns.ts";
import { storedBytesOf } from "./stored_bytes.ts";
import { MalformedError } from "../../../otlp/malformed_error.ts";
import { DatabaseError } from "../database_error.ts";
import type { StoreOptions } from "../store.ts";
import type { AddOutcome, CallError, StoreCall, StoreMessage } from "./store_calls.ts";
import { StoreEngine } from "./store_engine.ts";

/** How often it shows that it is alive. */
const BEAT_MS = 250;

/** Questions that read a lot of data or have long answers. */
const LONG_QUESTIONS: ReadonlySet<StoreCall["method"]> = new Set([
  "findTraces",
  "spansFrom",
  "serviceStats",
  "spanFields",
  "serviceCalls",
  "remoteServices",
  "findLogs",
  "logVolume",
  "metricJson",
  "columns",
  "exportFrom",
]);

const turns = new QuestionTurns();
let engine: StoreEngine | undefined;
let pulse: Pulse | undefined;
let port: MessagePort | undefined;
const timer = new ChangeTimer(() => {
  const changes = engine?.takeChanges();
  if (changes) post({ changes });
});

parentPort?.once("message", (given: MessagePort) => {
  port = given;
  port.onmessage = async ({ data: { id, method, args } }: MessageEvent<StoreCall>) => {
    try {
      const result = await answer(method, args);
      if (pulse) await noteKept(pulse);
      post({ id, result }, transferOf(result));
    } catch (error) {
      post({ id, error: callError(error) });
    }
    timer.arm();
  };
});

function answer(method: StoreCall["method"], args: unknown[]): unknown {
  if (method === "open") {
    const onProgress: StoreOptions["onProgress"] = (progress) => post({ progress });
    const onNotice: StoreOptions["onNotice"] = (notice) => post({ notice });
    const options = { ...args[0] as StoreOptions, onProgress, onNotice };
    engine = new StoreEngine(options, storedBytesOf(options));
    pulse = new Pulse(args[1] as PulseWords);
    beat(pulse);
    setInterval(beat, BEAT_MS, pulse);
    return undefined;
  }
  if (!engine) throw new Error("The store is not open");
  if (method !== "clear" && method !== "close") engine.check();
  if (method === "watch") {
    timer.isOn = args[0] as boolean;
    return engine.watch(timer.isOn);
  }
  const run = engine[method].bind(engine) as (...args: unknown[]) => Promise<unknown>;
  return LONG_QUESTIONS.has(method) ? turns.take(() => run(...args)) : run(...args);
}

async function noteKept(pulse: Pulse): Promise<void> {
  const { signals } = await engine!.stats();
  pulse.noteKept((signal) => signals[signal].kept);
}

function beat(pulse: Pulse): void {
  const gone = engine?.checkPlace();
  if (gone) post({ notice: `${gone.message}. Start the collector again, with a file that stays` });
  pulse.beat(getHeapStatistics().used_heap_size / 2 ** 20);
}

function post(message: StoreMessage, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

/** Transfers bytes instead of copying them. */
function transferOf(result: unknown): ArrayBuffer[] {
  if (result instanceof Uint8Array) return [result.buffer as ArrayBuffer];
  if (Array.isArray(result)) {
    return (result as Partial<Extract<AddOutcome, { result: unknown }>>[])
      .flatMap(({ result }) => result?.kept?.buffer ?? []);
  }
  return Object.values(result ?? {})
    .flatMap((value) => ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []);
}

function callError(error: unknown): CallError {
  const message = messageOf(error);
  if (error instanceof MalformedError) {
    return { message, isMalformed: true, byteOffset: error.byteOffset };
  }
  if (error instanceof DatabaseError) {
    const { path, trouble, reason } = error;
    return { message, isMalformed: false, database: { path, trouble, reason } };
  }
  return { message, isMalformed: false, ...error instanceof Error && { stack: error.stack } };
}
