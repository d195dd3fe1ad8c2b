import { Backoff, type BackoffOptions } from "../backoff.ts";
import { connectionFailure, NO_ANSWER } from "../connection_failure.ts";
import { sleep } from "../time.ts";
import { visible } from "../unsafe_text.ts";
import { type LearnerReport, REPORTS_PATH } from "./report.ts";

/** A third of the time after which the class takes a learner for away. */
const REPEAT_MS = 20_000;

/** Changes come closely together when a step is checked. */
const SETTLE_MS = 500;

const REQUEST_TIMEOUT_MS = 5_000;
const RETRY: BackoffOptions = { firstMillis: 2_000, maxMillis: 30_000 };

const MAX_ANSWER_LENGTH = 2_000;
const MAX_REASON_LENGTH = 200;

/** Options of {@linkcode ClassReporter}. */
export interface ClassReporterOptions {
  /** The class's URL, with its token. */
  url: string;
  /** The name that the learner chose. */
  name: string;
  /** Called with why the class can't be reached, and with undefined when it can again. */
  onProblem: (problem: string | undefined) => void;
  repeatMillis?: number;
  settleMillis?: number;
  retry?: BackoffOptions;
}

/** Everything about a learner but the name. */
export type LearnerStanding = Omit<LearnerReport, "name">;

/**
 * Reports a learner's standing to a class, in the background. Only the latest standing matters, so nothing is
 * queued while the class is away. Nothing waits for it.
 */
export class ClassReporter implements AsyncDisposable {
  readonly #options: ClassReporterOptions;
  readonly #target: URL;
  readonly #headers: Record<string, string>;
  readonly #ending = new AbortController();
  #standing: LearnerStanding | undefined;
  /** Ends the pause before the next report. */
  #pause = new AbortController();
  /** Ends the request that is in flight. */
  #request = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ClassReporterOptions) {
    this.#options = options;
    const { origin, searchParams } = new URL(options.url);
    this.#target = new URL(REPORTS_PATH, origin);
    const token = searchParams.get("token");
    this.#headers = {
      "content-type": "application/json",
      ...token !== null && { authorization: `Bearer ${token}` },
    };
  }

  /** Reports it soon, unless it is what was reported last. */
  update(standing: LearnerStanding): void {
    if (JSON.stringify(standing) === JSON.stringify(this.#standing)) return;
    this.#standing = standing;
    this.#pause.abort();
    this.#running ??= this.#run();
  }

  /** Ends at once; nothing more is sent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    this.#pause.abort();
    this.#request.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { repeatMillis = REPEAT_MS, settleMillis = SETTLE_MS, retry = RETRY } = this.#options;
    const { signal } = this.#ending;
    let backoff: Backoff | undefined;
    await sleep(settleMillis, signal);
    while (!signal.aborted) {
      this.#pause = new AbortController();
      const problem = await this.#send();
      if (signal.aborted) return;
      this.#options.onProblem(problem);
      if (problem === undefined) {
        backoff = undefined;
        await sleep(repeatMillis, this.#pause.signal);
        // Changes come closely together; the class needs the last of them.
        if (this.#pause.signal.aborted) await sleep(settleMillis, signal);
      } else {
        backoff ??= new Backoff(retry);
        await sleep(backoff.next(), signal);
      }
    }
  }

  /** Sends the latest standing; returns why that failed. */
  async #send(): Promise<string | undefined> {
    const request = this.#request = new AbortController();
    const timer = setTimeout(() => request.abort(), REQUEST_TIMEOUT_MS);
    try {
      const response = await fetch(this.#target, {
        method: "POST",
        headers: this.#headers,
        body: JSON.stringify({ name: this.#options.name, ...this.#standing }),
        // The token is for this address only.
        redirect: "error",
        signal: request.signal,
      });
      if (!response.ok) return this.#problem(await reasonOf(response));
      await response.body?.cancel();
      return undefined;
    } catch (error) {
      return this.#problem(request.signal.aborted ? NO_ANSWER : connectionFailure(error));
    } finally {
      clearTimeout(timer);
    }
  }

  #problem(reason: string): string {
    return `Cannot report to the class at ${this.#target.origin}: ${reason}. The guide goes on, ` +
      "and tries again in the background";
  }
}

/** Why a report was rejected, in one line; the server is somebody else's. */
async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  let reason: unknown;
  try {
    reason = JSON.parse(text.slice(0, MAX_ANSWER_LENGTH)).error;
  } catch {
    // Not a class: the status says enough.
  }
  return typeof reason === "string"
    ? visible(reason).slice(0, MAX_REASON_LENGTH)
    : `HTTP ${response.status}`;
}
