import type { GuideAction, GuideHandlers, GuideView } from "../../../collector/api/guide.ts";
import { checkStep } from "../../../workshop/check/check_step.ts";
import type { Outcome } from "../../../workshop/conditions/outcome.ts";
import type { Step } from "../../../workshop/course/step.ts";
import { anySignal } from "../../any_signal.ts";
import { climbFor } from "../check.ts";
import { resetSteps } from "../reset.ts";
import type { Session } from "../session.ts";
import { solveOne } from "../solve.ts";
import { guideView, isStepPassed, type LiveState, questionsOf } from "./guide_view.ts";

/** Others change the progress, too: a quiz in another terminal, `guide goto`. */
const REFRESH_MS = 1000;

/** A batch and its way take so long; who asks before blames what is only late. */
const CLIMB_AFTER_MS = 8000;
const CLIMB_EVERY_MS = 15_000;
/** Each climb sends a request and a span: without a change it is not worth more. */
const MAX_CLIMBS = 3;

/** The guide that runs: it looks at the current step for as long as it is not passed. */
export class LiveGuide implements GuideHandlers, AsyncDisposable {
  readonly #session: Session;
  readonly #leaving = new AbortController();
  /** Aborts when the guide is left, or when the program is to end. */
  readonly #stop: AbortSignal;
  readonly #listeners = new Set<(view: GuideView) => void>();
  #refreshing: ReturnType<typeof setInterval> | undefined;
  #step: Step;
  #state: LiveState & { outcomes: Map<string, Outcome>; whys: Map<string, string> };
  #told = "";
  #watch: { controller: AbortController; ended: Promise<void>; startedAt?: number } | undefined;
  #acting: Promise<void> = Promise.resolve();
  #climbs = 0;
  #climbedAt = 0;

  /** Of the collector whose page shows this guide. */
  pageUrl: string | undefined;

  /** The signal ends what is going on. */
  constructor(session: Session, stop: AbortSignal) {
    this.#session = session;
    this.#stop = anySignal(stop, this.#leaving.signal);
    this.#step = session.find();
    this.#state = newState();
  }

  /** Goes on where the learner was; from now on it looks. */
  async start(): Promise<void> {
    await this.#goto(this.#session.find());
    this.#refreshing = setInterval(() => void this.#refresh(), REFRESH_MS);
  }

  view(): GuideView {
    const { course, progress, backends: { isEmbedded } } = this.#session;
    return guideView({
      course,
      progress,
      step: this.#step,
      isEmbedded,
      ...this.pageUrl !== undefined && { pageUrl: this.pageUrl },
      state: this.#state,
    });
  }

  subscribe(listener: (view: GuideView) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  act(action: GuideAction): Promise<void> {
    const { busy } = this.#state;
    if (busy) {
      return Promise.reject(new Error(`Wait a moment: the guide is at work (${busy})`));
    }
    const acting = this.#act(action);
    this.#acting = acting.catch(() => {});
    return acting;
  }

  /** Leaves off, and ends what it has started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    clearInterval(this.#refreshing);
    await this.#acting;
    await this.#endWatch();
  }

  async #act(action: GuideAction): Promise<void> {
    delete this.#state.problem;
    try {
      if ("goto" in action) await this.#goto(this.#session.find(action.goto));
      else if ("answer" in action) await this.#answer(action.answer);
      else await this.#do(action.do);
    } catch (error) {
      this.#state.problem = (error as Error).message;
      throw error;
    } finally {
      this.#tell();
    }
  }

  async #do(verb: Extract<GuideAction, { do: unknown }>["do"]): Promise<void> {
    switch (verb) {
      case "next":
        return await this.#goto(this.#neighbour(1));
      case "back":
        return await this.#goto(this.#neighbour(-1));
      case "hint":
        await this.#session.showHint(this.#step);
        return;
      case "check":
        return await this.#whileBusy("check", () => this.#check());
      case "solve":
        return await this.#whileBusy("solve", () => this.#solve());
      case "reset":
        return await this.#whileBusy("reset", async () => {
          await resetSteps([this.#step], this.#session);
          await this.#session.begin(this.#step);
          this.#state = { ...newState(), busy: "reset" };
          this.#climbs = 0;
        });
    }
  }

  #neighbour(offset: 1 | -1): Step {
    const { steps } = this.#session.course;
    const neighbour = steps[steps.indexOf(this.#step) + offset];
    if (neighbour) return neighbour;
    throw new Error(
      offset < 0
        ? "This is the first step"
        : "This is the last step. otel-kit guide summary tells what you did",
    );
  }

  async #goto(step: Step): Promise<void> {
    await this.#endWatch();
    await this.#session.goto(step);
    await this.#show(step);
  }

  /** Shows a step; one that was passed stays so until somebody asks for a check. */
  async #show(step: Step): Promise<void> {
    await this.#endWatch();
    this.#step = step;
    this.#state = newState();
    this.#climbs = 0;
    if (!this.#session.progress.steps[step.id]?.done) this.#startWatch();
    this.#tell();
  }

  async #whileBusy(busy: NonNullable<GuideView["busy"]>, work: () => Promise<void>): Promise<void> {
    this.#state.busy = busy;
    this.#tell();
    try {
      await this.#endWatch();
      await work();
    } finally {
      delete this.#state.busy;
      this.#state.changedAt = Date.now();
      if (!this.#isPassed() && !this.#stop.aborted) this.#startWatch();
    }
  }

  /** One look at everything, and along the way where something is missing. */
  async #check(): Promise<void> {
    this.#state.outcomes.clear();
    delete this.#state.brokenLink;
    const outcomes = await checkStep(this.#step, await this.#session.contextOf(this.#step), {
      maxPatienceMillis: 0,
      signal: this.#stop,
      onProgress: (outcomes) => this.#take(outcomes),
    });
    this.#take(outcomes.map((outcome) => ({ ...outcome, state: reopened(outcome) })));
    await this.#session.note(this.#step, outcomes);
    this.#climbs = 0;
    await this.#climb();
  }

  async #solve(): Promise<void> {
    const lines: string[] = [];
    this.#state = { ...newState(), busy: "solve", solution: { state: "running", lines } };
    this.#tell();
    try {
      const outcomes = await solveOne(this.#step, this.#session, {
        report: (line) => {
          lines.push(line);
          this.#tell();
        },
        signal: this.#stop,
      });
      this.#take(outcomes);
    } finally {
      this.#state.solution = { state: this.#isPassed() ? "passed" : "failed", lines };
    }
  }

  async #answer({ question, choice }: { question: string; choice: number }): Promise<void> {
    const meant = questionsOf(this.#step, this.#session.course).find(({ id }) => id === question);
    if (!meant) throw new Error(`Unknown question "${question}": this step does not ask it`);
    const given = meant.choices[choice];
    if (!given) {
      throw new Error(`Unknown choice ${choice}: expected 0 to ${meant.choices.length - 1}`);
    }
    this.#state.whys.set(question, given.why.trim());
    await this.#session.update(({ answers }) => answers[question] = given.right);
  }

  #startWatch(): void {
    const controller = new AbortController();
    const signal = anySignal(controller.signal, this.#stop);
    const startedAt = this.#session.progress.steps[this.#step.id]?.startedAt;
    this.#watch = {
      controller,
      ended: this.#look(this.#step, signal),
      ...startedAt !== undefined && { startedAt },
    };
  }

  async #endWatch(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    watch?.controller.abort();
    await watch?.ended;
  }

  async #look(step: Step, signal: AbortSignal): Promise<void> {
    try {
      const open = step.conditions.filter(({ id }) =>
        this.#state.outcomes.get(id)?.state !== "passed"
      );
      await checkStep({ conditions: open }, await this.#session.contextOf(step), {
        isEndless: true,
        signal,
        onProgress: (outcomes) => {
          if (signal.aborted) return;
          this.#take(outcomes);
          void this.#climbInTime(signal);
        },
      });
      if (signal.aborted) return;
      const { outcomes } = this.#state;
      await this.#session.note(step, step.conditions.flatMap(({ id }) => outcomes.get(id) ?? []));
    } catch (error) {
      this.#state.problem = `Cannot look at the step: ${(error as Error).message}`;
    }
    this.#tell();
  }

  /** Notes what was seen; what is met stays so until it is asked for anew. */
  #take(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      const before = this.#state.outcomes.get(outcome.id)?.state;
      if (before !== outcome.state && outcome.state === "passed") {
        this.#state.changedAt = Date.now();
        this.#climbs = 0;
        delete this.#state.brokenLink;
      }
      this.#state.outcomes.set(outcome.id, outcome);
    }
    this.#tell();
  }

  async #climbInTime(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    // Nobody there: that costs nothing to see, and is over as soon as the app is started.
    const isCheap = this.#state.brokenLink?.name === "app";
    const since = this.#climbs === 0 || isCheap ? CLIMB_AFTER_MS : CLIMB_EVERY_MS;
    if (now - Math.max(this.#state.changedAt, this.#climbedAt) < since) return;
    if (this.#climbs >= MAX_CLIMBS && !isCheap) return;
    await this.#climb(signal);
  }

  async #climb(signal?: AbortSignal): Promise<void> {
    this.#climbedAt = Date.now();
    this.#climbs++;
    const step = this.#step;
    const rungs = await climbFor(step, [...this.#state.outcomes.values()], this.#session);
    if (signal?.aborted || step !== this.#step) return;
    const broken = rungs?.find(({ isWhole }) => !isWhole);
    if (broken) this.#state.brokenLink = broken;
    else delete this.#state.brokenLink;
    this.#tell();
  }

  /** Follows what others did to the progress. */
  async #refresh(): Promise<void> {
    if (this.#state.busy) return;
    try {
      await this.#session.refresh();
      if (this.#state.busy) return;
      const step = this.#session.find();
      const { startedAt, done } = this.#session.progress.steps[step.id] ?? {};
      const isOther = step !== this.#step;
      const isAnew = !done && startedAt !== this.#watch?.startedAt;
      if (isOther || isAnew) await this.#goto(step);
    } catch (error) {
      this.#state.problem = (error as Error).message;
    }
    this.#tell();
  }

  #isPassed(): boolean {
    return isStepPassed(this.#session.progress.steps[this.#step.id], this.#step, this.#state);
  }

  /** Tells those who listen, if there is something to tell. */
  #tell(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(view);
  }
}

function newState() {
  return {
    outcomes: new Map<string, Outcome>(),
    changedAt: Date.now(),
    whys: new Map<string, string>(),
  };
}

/** A look without patience calls failed what is only not there yet. */
function reopened({ state, reason }: Outcome): Outcome["state"] {
  return state === "failed" && reason !== "present" && reason !== "no-logs-here"
    ? "waiting"
    : state;
}
