import { messageOf } from "../../../error_message.ts";
import type { GuideView } from "../../../guests/guide.ts";
import { readAppFingerprint } from "../app_environment.ts";
import { expectedProgram } from "../expected_program.ts";
import { evaluate } from "../../../workshop/conditions/evaluate.ts";
import { checkStep } from "../../../workshop/check/check_step.ts";
import type { Outcome } from "../../../workshop/conditions/outcome.ts";
import type { Step } from "../../../workshop/course/step.ts";
import { anySignal, sleep } from "../../../time.ts";
import { climbFor } from "../check.ts";
import type { Session } from "../session.ts";

/** How long a batch takes to arrive. An earlier diagnosis would report telemetry that is only late. */
const CLIMB_AFTER_MS = 8000;
const CLIMB_EVERY_MS = 15_000;
/** Each diagnosis sends a request and a span, so without a change it is not repeated more often. */
const MAX_CLIMBS = 3;
/** How often to look whether the app was restarted. */
const FINGERPRINT_EVERY_MS = 3000;
/** Links of the app itself. If one is broken, what the app answered before is no longer true. */
const APP_LINKS: readonly string[] = ["deno", "file", "app", "answer", "port", "handler"];
/** How often to read the numbers of met conditions again. */
const NUMBERS_EVERY_MS = 2000;
/** After a failed check, wait as long as between two others. */
const RETRY_MS = 1000;

/** Options of {@linkcode StepWatch}. */
export interface StepWatchOptions {
  session: Session;
  /** Ends it, like {@linkcode StepWatch.end}. */
  stop: AbortSignal;
  /** Called on every change. */
  onChange: () => void;
  /** How long to check before looking for the place where telemetry gets lost. */
  climbAfterMillis?: number;
}

/** Checks one step repeatedly, and diagnoses the path of its telemetry if some is missing. */
export class StepWatch {
  readonly step: Step;
  /** The last results, by condition. A met condition stays met until it is checked again. */
  readonly outcomes = new Map<string, Outcome>();
  /** The last time a condition was met or checked, in milliseconds since 1970. */
  changedAt = Date.now();
  brokenLink: GuideView["brokenLink"];
  /** Why it can't check, until it can again. */
  #lookProblem: string | undefined;
  /** Why it can't diagnose, until it can again. */
  #climbProblem: string | undefined;
  readonly #session: Session;
  readonly #stop: AbortSignal;
  readonly #onChange: () => void;
  readonly #climbAfterMillis: number;
  #looking: { controller: AbortController; ended: Promise<void> } | undefined;
  #climbs = 0;
  #climbedAt = 0;
  #climbing: Promise<void> | undefined;
  #refreshedAt = 0;
  #refreshing: Promise<void> | undefined;
  /** The app as it was at the last look, and when that was. */
  #fingerprint: string | undefined;
  #fingerprintAt = 0;
  /** Ends the current round of checks, so that the next one starts with other conditions. */
  #round = new AbortController();

  constructor(
    step: Step,
    { session, stop, onChange, climbAfterMillis = CLIMB_AFTER_MS }: StepWatchOptions,
  ) {
    this.step = step;
    this.#session = session;
    this.#stop = stop;
    this.#onChange = onChange;
    this.#climbAfterMillis = climbAfterMillis;
  }

  /** The reason why it can't check. */
  get problem(): string | undefined {
    return this.#lookProblem ?? this.#climbProblem;
  }

  /** Starts checking the unmet conditions, until all are met or it is ended. */
  start(): void {
    if (this.#stop.aborted || this.#looking) return;
    const controller = new AbortController();
    const signal = anySignal(controller.signal, this.#stop);
    this.#looking = { controller, ended: this.#keepLooking(signal) };
  }

  /** Ends the checks; resolves when nothing is running, neither a check nor a diagnosis. */
  async end(): Promise<void> {
    const looking = this.#looking;
    this.#looking = undefined;
    looking?.controller.abort();
    await looking?.ended;
  }

  /** Checks everything once, and diagnoses if something is missing. */
  async check(): Promise<void> {
    this.outcomes.clear();
    this.brokenLink = undefined;
    const outcomes = await checkStep(this.step, await this.#session.contextOf(this.step), {
      maxPatienceMillis: 0,
      signal: this.#stop,
      onProgress: (outcomes) => this.take(outcomes),
    });
    this.take(outcomes.map((outcome) => ({ ...outcome, state: reopened(outcome) })));
    await this.#session.note(this.step, outcomes);
    this.#climbs = 0;
    this.changedAt = Date.now();
    await this.#climb(this.#stop);
  }

  /** Takes over results from elsewhere. */
  take(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const before = this.outcomes.get(outcome.id)?.state;
      if (before !== outcome.state && outcome.state === "passed") {
        this.changedAt = Date.now();
        this.brokenLink = undefined;
        this.#climbs = 0;
      }
      this.outcomes.set(outcome.id, outcome);
    }
    this.#onChange();
  }

  /** Checks until everything is met; a failed check does not end the loop. */
  async #keepLooking(signal: AbortSignal): Promise<void> {
    for (let isMet = false; !isMet && !signal.aborted;) {
      try {
        isMet = await this.#look(signal);
        this.#lookProblem = undefined;
      } catch (error) {
        this.#lookProblem = `Cannot check the step: ${messageOf(error)}`;
      }
      this.#onChange();
      if (!isMet) await sleep(RETRY_MS, signal);
    }
    await this.#climbing;
    while (!signal.aborted) {
      await sleep(NUMBERS_EVERY_MS, signal);
      if (!signal.aborted) await this.#refreshNumbers().catch(() => {});
    }
    await this.#refreshing;
  }

  /** Updates what met conditions show, if that is a number that grows. */
  async #refreshNumbers(): Promise<void> {
    if (Date.now() - this.#refreshedAt < NUMBERS_EVERY_MS) return;
    this.#refreshedAt = Date.now();
    const context = await this.#session.contextOf(this.step);
    for (const condition of this.step.conditions) {
      const { id, check } = condition;
      const isNumber = check.kind === "metric" || check.kind === "trace" && !check.absent ||
        check.kind === "collector" && check.accepted;
      const before = this.outcomes.get(id);
      if (!isNumber || before?.state !== "passed") continue;
      const outcome = await evaluate(condition, context);
      if (outcome.state !== "passed" || this.outcomes.get(id) !== before) continue;
      this.outcomes.set(id, outcome);
      if (outcome.evidence?.text !== before.evidence?.text) this.#onChange();
    }
  }

  /** Whether everything is met, and recorded; false if the checks are ended before. */
  async #look(signal: AbortSignal): Promise<boolean> {
    const { step, outcomes } = this;
    const open = step.conditions.filter(({ id }) => outcomes.get(id)?.state !== "passed");
    this.#round = new AbortController();
    await checkStep({ conditions: open }, await this.#session.contextOf(step), {
      isEndless: true,
      signal: anySignal(signal, this.#round.signal),
      onProgress: (outcomes) => {
        if (signal.aborted) return;
        this.#lookProblem = undefined;
        this.take(outcomes);
        this.#refreshing ??= this.#refreshNumbers().catch(() => {})
          .finally(() => this.#refreshing = undefined);
        this.#climbing ??= this.#climbInTime(signal).finally(() => this.#climbing = undefined);
      },
    });
    if (signal.aborted || this.#round.signal.aborted) return false;
    await this.#session.note(step, step.conditions.flatMap(({ id }) => outcomes.get(id) ?? []));
    return true;
  }

  async #climbInTime(signal: AbortSignal): Promise<void> {
    if (await this.#isAppChanged()) {
      // The finding was about another program, or the same one with other settings.
      this.brokenLink = undefined;
      this.#climbs = 0;
      this.changedAt = Date.now();
      this.#onChange();
    }
    // A missing app is cheap to detect, and the problem ends as soon as the app starts.
    const isCheap = this.brokenLink?.name === "app";
    if (this.#climbs >= MAX_CLIMBS && !isCheap) return;
    const pause = this.#climbs === 0 || isCheap ? this.#climbAfterMillis : CLIMB_EVERY_MS;
    if (Date.now() - Math.max(this.changedAt, this.#climbedAt) < pause) return;
    try {
      await this.#climb(signal);
    } catch (error) {
      this.#climbProblem = `Cannot check the links: ${messageOf(error)}`;
      this.#onChange();
    }
  }

  async #climb(signal: AbortSignal): Promise<void> {
    this.#climbedAt = Date.now();
    this.#climbs++;
    const outcomes = [...this.outcomes.values()];
    const rungs = await climbFor(this.step, outcomes, this.#session, signal);
    if (signal.aborted) return;
    this.#climbProblem = undefined;
    const link = rungs?.find(({ isWhole }) => !isWhole);
    this.brokenLink = link && { ...link, foundAt: Date.now() };
    if (link && APP_LINKS.includes(link.name)) this.#reopenAnswers();
    this.#onChange();
  }

  /** Whether the app was restarted, started otherwise, or edited since the last look. */
  async #isAppChanged(): Promise<boolean> {
    if (Date.now() - this.#fingerprintAt < FINGERPRINT_EVERY_MS) return false;
    const { program } = expectedProgram(this.step, this.#session);
    const before = this.#fingerprint;
    this.#fingerprint = await readAppFingerprint(this.#session.appUrl, program?.file);
    this.#fingerprintAt = Date.now();
    return before !== undefined && before !== this.#fingerprint;
  }

  /** Has conditions about the app's answers checked again, which otherwise stay met. */
  #reopenAnswers(): void {
    for (const { id, check, says } of this.step.conditions) {
      const isOfApp = check.kind === "http" && check.tool === undefined;
      if (!isOfApp || this.outcomes.get(id)?.state !== "passed") continue;
      const found = "the app has changed since this passed: checking again";
      this.outcomes.set(id, { id, says, state: "waiting", found });
      this.#round.abort();
    }
  }
}

/** A check without a timeout reports conditions as failed that are only pending. */
function reopened({ state, reason }: Outcome): Outcome["state"] {
  return state === "failed" && reason !== "present" && reason !== "no-logs-here"
    ? "waiting"
    : state;
}
