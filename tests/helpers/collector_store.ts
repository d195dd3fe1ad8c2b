import type { BodyDecoder } from "../../lib/collector/decode/body_decoder.ts";
import { decodeBody } from "../../lib/collector/decode/decode_body.ts";
import { protobufToJson } from "../../lib/otlp/decode.ts";
import { REQUEST_MESSAGES } from "../../lib/otlp/messages.ts";
import { validate } from "../../lib/otlp/validate.ts";
import type { ExportRecord } from "../../lib/collector/model.ts";
import type { LogsData, MetricsData, Resource, TracesData } from "../../lib/otlp/json.ts";
import { within } from "./patience.ts";
import { Admission, DEFAULT_MAX_PENDING_BYTES } from "../../lib/collector/receivers/admission.ts";
import { createGuard } from "../../lib/collector/guard.ts";
import type { Signal } from "../../lib/otlp/signal.ts";
import type { AddResult, Store } from "../../lib/collector/store/store.ts";

/** A memory store with the parts that receivers need and tests inspect. */
export class MemoryStore implements Pick<Store, "add" | "pendingBytes"> {
  pendingBytes = 0;
  readonly requests: { signal: Signal; body: Uint8Array<ArrayBuffer> }[] = [];
  /** Overrides parts of the answer to each request. */
  answer: Partial<AddResult> = {};
  /** Whether requests are kept. */
  isKeeping = true;
  #waiting = new Set<() => void>();

  // deno-lint-ignore require-await -- as in the real store, results and errors are asynchronous.
  async add(signal: Signal, body: Uint8Array<ArrayBuffer>): Promise<AddResult> {
    validate(REQUEST_MESSAGES[signal], body);
    if (this.isKeeping) this.requests.push({ signal, body });
    const { count, resources } = summarize(signal, body);
    for (const look of this.#waiting) look();
    return {
      accepted: count,
      rejected: 0,
      duplicated: 0,
      serviceNames: [...new Set(resources.map(serviceName))],
      ...this.answer,
    };
  }

  /** All requests of a signal in OTLP's JSON. */
  get traces(): TracesData[] {
    return this.#decoded("traces").map((body) => protobufToJson("TracesData", body));
  }

  get metrics(): MetricsData[] {
    return this.#decoded("metrics").map((body) => protobufToJson("MetricsData", body));
  }

  get logs(): LogsData[] {
    return this.#decoded("logs").map((body) => protobufToJson("LogsData", body));
  }

  /** Resolves once this many requests are stored. */
  waitForRequests(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this.requests.length < count) return;
      this.#waiting.delete(look);
      resolve();
    };
    this.#waiting.add(look);
    look();
    return within(promise, () => `${count} requests, of which ${this.requests.length} came`);
  }

  #decoded(wanted: Signal) {
    return this.requests.filter(({ signal }) => signal === wanted).map(({ body }) => body);
  }
}

/** Decodes without a worker, which each test would have to stop. */
const DECODER: Pick<BodyDecoder, "decode"> = { decode: decodeBody };

/** Takes up all the room, including that for short requests, until disposed. */
export function takeAllRoom(
  { admission, store }: ReturnType<typeof memoryReceiverOptions>,
): Disposable {
  const taken = new DisposableStack();
  for (let bytes = 0; bytes < DEFAULT_MAX_PENDING_BYTES / 4; bytes += 2 ** 18) {
    void taken.use(admission.enter()).add(2 ** 18);
  }
  store.pendingBytes = DEFAULT_MAX_PENDING_BYTES;
  taken.defer(() => store.pendingBytes = 0);
  return taken;
}

/** Receiver options that use such a store. */
export function memoryReceiverOptions() {
  const store = new MemoryStore();
  const records: Omit<ExportRecord, "id" | "outcome">[] = [];
  return {
    store,
    records,
    decoder: DECODER,
    admission: new Admission(store),
    exports: { add: (record: Omit<ExportRecord, "id" | "outcome">) => void records.push(record) },
    guard: createGuard({ hostname: "127.0.0.1" }),
    hostname: "127.0.0.1",
    port: 0,
  };
}

function summarize(signal: Signal, body: Uint8Array): { count: number; resources: Resource[] } {
  const groups = signal === "traces"
    ? protobufToJson("TracesData", body).resourceSpans?.map(({ resource, scopeSpans }) => ({
      resource,
      count: sum(scopeSpans, ({ spans }) => spans?.length),
    }))
    : signal === "logs"
    ? protobufToJson("LogsData", body).resourceLogs?.map(({ resource, scopeLogs }) => ({
      resource,
      count: sum(scopeLogs, ({ logRecords }) => logRecords?.length),
    }))
    : protobufToJson("MetricsData", body).resourceMetrics?.map(({ resource, scopeMetrics }) => ({
      resource,
      count: sum(scopeMetrics, ({ metrics }) =>
        sum(metrics, (metric) =>
          sum(
            [metric.gauge, metric.sum, metric.histogram, metric.exponentialHistogram],
            (data) => data?.dataPoints?.length,
          ))),
    }));
  return {
    count: sum(groups, ({ count }) => count),
    resources: (groups ?? []).map(({ resource }) => resource ?? {}),
  };
}

function sum<T>(items: readonly T[] | undefined, count: (item: T) => number | undefined): number {
  return (items ?? []).reduce((total, item) => total + (count(item) ?? 0), 0);
}

function serviceName({ attributes = [] }: Resource): string {
  return attributes.find(({ key }) => key === "service.name")?.value?.stringValue ?? "";
}
