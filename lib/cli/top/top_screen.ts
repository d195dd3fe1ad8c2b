import { messageOf } from "../../error_message.ts";
import type { OpenRows } from "../../trace/rows.ts";
import { readTrace } from "../../trace/spans.ts";
import { buildTree } from "../../trace/tree.ts";
import { LOG_LIST, TRACE_COUNTS, TRACE_DETAIL, TRACE_LIST } from "../collector/answer_shapes.ts";
import type { ApiClient } from "../collector/api_client.ts";
import type { Canvas } from "../screen/page.ts";
import type { RunningScreen, ScreenView } from "../screen/run_screen.ts";
import { frame, press } from "./press.ts";
import { type Effect, firstState, MAX_TRACES, type TopState } from "./state.ts";

/** How often to ask for what is new. */
const POLL_MS = 500;

const MAX_LOGS = 200;

/** Everything is open but folds. */
const FIRST_ROWS: OpenRows = { all: undefined, changed: new Set() };

/** What a collector stores, live in the terminal. */
export class TopScreen implements ScreenView, Disposable {
  readonly #client: ApiClient;
  readonly #running: RunningScreen;
  #state: TopState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The number of traces since the collector started, and when it was read. */
  #counted: { traces: number; at: number } | undefined;
  /** Answers to an older question are not shown. */
  #question = 0;

  constructor(client: ApiClient, query: string, running: RunningScreen) {
    this.#client = client;
    this.#running = running;
    this.#state = firstState(client.origin, query);
    this.#load();
  }

  rows(canvas: Canvas): string[] {
    return frame(this.#state, canvas);
  }

  press(key: string, canvas: Canvas): void {
    const { state, effect } = press(key, this.#state, canvas);
    this.#state = state;
    if (effect) this.#run(effect);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#question = -1;
  }

  #run(effect: Effect): void {
    if ("end" in effect) this.#running.end();
    else if ("open" in effect) void this.#answered(this.#open(effect.open));
    else this.#load();
  }

  /** Reads what the page shows now, and again after a while unless the view is paused. */
  #load(): void {
    clearTimeout(this.#timer);
    const question = ++this.#question;
    const isLive = () => this.#question === question;
    void this.#answered(this.#read(isLive)).then(() => {
      if (isLive() && !this.#state.isPaused) {
        this.#timer = setTimeout(() => this.#load(), POLL_MS);
      }
    });
  }

  async #read(isLive: () => boolean): Promise<void> {
    const { page, query } = this.#state;
    if (page === "logs") {
      const { logs } = await this.#client.get(`/api/kit/logs?limit=${MAX_LOGS}`, LOG_LIST);
      if (isLive()) this.#change({ logs, failure: "" });
      return;
    }
    // Nothing of an open trace changes by itself.
    if (page !== "traces") return;
    const parameters = new URLSearchParams({ limit: String(MAX_TRACES), ...query && { query } });
    const [list, stats] = await Promise.all([
      this.#client.get(`/api/kit/traces?${parameters}`, TRACE_LIST),
      this.#client.get("/api/kit/stats", TRACE_COUNTS),
    ]);
    if (!isLive()) return;
    const { kept, evicted } = stats.store.traces;
    this.#change({ list, rate: this.#rateOf(kept + evicted), failure: "" });
  }

  #rateOf(traces: number): number | undefined {
    const before = this.#counted;
    const at = performance.now();
    this.#counted = { traces, at };
    // Fewer than before: the collector was started again, or its data deleted.
    if (!before || traces < before.traces) return undefined;
    return (traces - before.traces) / Math.max(at - before.at, 1) * 1000;
  }

  async #open(traceId: string): Promise<void> {
    const detail = await this.#client.get(`/api/kit/traces/${traceId}`, TRACE_DETAIL);
    const trace = readTrace(detail.data);
    const roots = buildTree(trace.spans);
    const chosen = roots[0]?.spanId ?? "";
    const open = { detail, trace, roots, rows: FIRST_ROWS, chosen };
    this.#change({ page: "trace", open, scroll: 0 });
  }

  /** Shows an error instead of ending: the collector may be starting. */
  async #answered(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#change({ failure: messageOf(error) });
    }
    if (this.#question >= 0) this.#running.draw();
  }

  #change(change: Partial<TopState>): void {
    this.#state = { ...this.#state, ...change };
  }
}
