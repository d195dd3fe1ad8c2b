import { messageOf } from "../../../error_message.ts";
import type { GuideAction, GuideHandlers, GuideView } from "../../../guests/guide.ts";
import type { Step } from "../../../workshop/course/step.ts";
import { anySignal } from "../../../time.ts";
import { resetSteps } from "../reset.ts";
import type { Session } from "../session.ts";
import { solveOne } from "../solve.ts";
import { stepDiffs } from "../step_diff.ts";
import { guideView, isStepPassed, questionsOf } from "./guide_view.ts";
import { StepWatch, type StepWatchOptions } from "./step_watch.ts";

/** Other commands change the progress, too: a quiz in another terminal, `guide goto`. */
const REFRESH_MS = 1000;

type Busy = NonNullable<GuideView["busy"]>;

/** Options of {@linkcode LiveGuide}. */
export type LiveGuideOptions = Pick<StepWatchOptions, "climbAfterMillis">;

/**
 * The live guide: it checks the current step until the step is passed. It runs actions one after
 * another, so that each applies to the step that is shown at that moment.
 */
export class LiveGuide implements GuideHandlers, AsyncDisposable {
  /** The URL of the collector whose page shows this guide. */
  pageUrl: string | undefined;
  readonly #session: Session;
  readonly #leaving = new AbortController();
  /** Aborts when the learner quits the guide, or when the program should end. */
  readonly #stop: AbortSignal;
  readonly #listeners = new Set<(view: GuideView) => void>();
  readonly #whys = new Map<string, string>();
  #watch: StepWatch;
  /** When the shown step began, as far as this guide knows. */
  #startedAt: number | undefined;
  #solution: GuideView["solution"];
  #changes: GuideView["changes"];
  #busy: GuideView["busy"];
  /** Why the last action failed. */
  #problem: string | undefined;
  /** Why changes by other commands can't be followed, until they can again. */
  #refreshProblem: string | undefined;
  /** What a part outside of the guide reports, until it is over. */
  #outsideProblem: string | undefined;
  #told = "";
  /** The last queued action, and the number of queued ones. */
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  readonly #watchOptions: LiveGuideOptions;
  #refreshing: ReturnType<typeof setInterval> | undefined;

  /** Aborts running work. */
  constructor(session: Session, stop: AbortSignal, options: LiveGuideOptions = {}) {
    this.#session = session;
    this.#watchOptions = options;
    this.#stop = anySignal(stop, this.#leaving.signal);
    this.#watch = this.#newWatch(session.find());
  }

  /** Resumes at the learner's step, and starts checking. */
  async start(): Promise<void> {
    await this.#session.prepareQuiz();
    await this.#inTurn(() => this.#goto(this.#session.find()));
    this.#refreshing = setInterval(() => void this.#refresh(), REFRESH_MS);
  }

  view(): GuideView {
    const { course, progress } = this.#session;
    const { step, outcomes, changedAt, brokenLink } = this.#watch;
    const problem = this.#problem ?? this.#watch.problem ?? this.#refreshProblem ??
      this.#outsideProblem;
    return guideView({
      course,
      progress,
      step,
      ...this.pageUrl !== undefined && { pageUrl: this.pageUrl },
      state: {
        outcomes,
        changedAt,
        whys: this.#whys,
        ...brokenLink && { brokenLink },
        ...this.#changes && { changes: this.#changes },
        ...this.#solution && { solution: this.#solution },
        ...this.#busy && { busy: this.#busy },
        ...problem !== undefined && { problem },
      },
    });
  }

  subscribe(listener: (view: GuideView) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** Shows a problem that doesn't hinder the guide, until it is called with undefined. */
  warn(problem: string | undefined): void {
    this.#outsideProblem = problem;
    this.#tell();
  }

  act(action: GuideAction): Promise<void> {
    if (this.#busy) {
      return Promise.reject(new Error(`Wait a moment: the guide is busy (${this.#busy})`));
    }
    this.#busy = busyOf(action);
    this.#tell();
    return this.#inTurn(() => this.#act(action));
  }

  /** Stops, and shuts down everything that it started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    clearInterval(this.#refreshing);
    await this.#queue;
    await this.#watch.end();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queued++;
    const done = this.#queue.then(work).finally(() => this.#queued--);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #act(action: GuideAction): Promise<void> {
    this.#problem = undefined;
    try {
      if (this.#stop.aborted) throw new Error("The guide has ended. Start it again");
      if ("goto" in action) await this.#goto(this.#session.find(action.goto));
      else if ("answer" in action) await this.#answer(action.answer);
      else await this.#do(action.do);
    } catch (error) {
      this.#problem = messageOf(error);
      throw error;
    } finally {
      if (busyOf(action)) this.#busy = undefined;
      this.#tell();
    }
  }

  async #do(verb: Extract<GuideAction, { do: unknown }>["do"]): Promise<void> {
    switch (verb) {
      case "next":
        return await this.#goto(this.#neighbor(1));
      case "back":
        return await this.#goto(this.#neighbor(-1));
      case "hint":
        await this.#session.showHint(this.#watch.step, {
          outcomes: this.#watch.outcomes.values(),
          brokenLink: this.#watch.brokenLink?.name,
        });
        return;
      case "diff":
        this.#changes = await stepDiffs(this.#watch.step, this.#session);
        return;
      case "check":
        return await this.#withoutLooking(() => this.#watch.check());
      case "solve":
        return await this.#withoutLooking(() => this.#solve());
      case "reset":
        return await this.#withoutLooking(() => this.#reset());
    }
  }

  #neighbor(offset: 1 | -1): Step {
    const { steps } = this.#session.course;
    const neighbor = steps[steps.findIndex(({ id }) => id === this.#watch.step.id) + offset];
    if (neighbor) return neighbor;
    throw new Error(
      offset < 0
        ? "This is the first step"
        : `This is the last step. To see what you did, run ${this.#session.command} guide summary`,
    );
  }

  /** Shows a step. A passed step stays passed until it is checked again. */
  async #goto(step: Step): Promise<void> {
    await this.#withoutLooking(async () => {
      await this.#session.goto(step);
      this.#showAnew(step);
    });
    this.#tell();
  }

  #showAnew(step: Step): void {
    this.#watch = this.#newWatch(step);
    this.#startedAt = this.#session.progress.steps[step.id]?.startedAt;
    this.#solution = undefined;
    this.#changes = undefined;
    this.#whys.clear();
  }

  #newWatch(step: Step): StepWatch {
    return new StepWatch(step, {
      session: this.#session,
      stop: this.#stop,
      onChange: () => this.#tell(),
      ...this.#watchOptions,
    });
  }

  /** Resumes checking the shown step afterwards, whether or not the action succeeds. */
  async #withoutLooking(work: () => Promise<void>): Promise<void> {
    try {
      await this.#watch.end();
      await work();
    } finally {
      this.#startedAt = this.#session.progress.steps[this.#watch.step.id]?.startedAt;
      if (!this.#isPassed()) this.#watch.start();
    }
  }

  async #solve(): Promise<void> {
    this.#showAnew(this.#watch.step);
    const lines: string[] = [];
    this.#solution = { state: "running", lines };
    this.#tell();
    try {
      const report = (line: string) => {
        lines.push(line);
        this.#tell();
      };
      const { step } = this.#watch;
      this.#watch.take(await solveOne(step, this.#session, { report, signal: this.#stop }));
    } finally {
      this.#solution = { state: this.#isPassed() ? "passed" : "failed", lines };
    }
  }

  async #reset(): Promise<void> {
    const { step } = this.#watch;
    await resetSteps([step], this.#session);
    await this.#session.begin(step);
    this.#showAnew(step);
  }

  async #answer({ question, choice }: { question: string; choice: number }): Promise<void> {
    const questions = questionsOf(this.#watch.step, this.#session.course);
    const meant = questions.find(({ id }) => id === question);
    if (!meant) throw new Error(`Unknown question "${question}": this step doesn't have it`);
    const given = this.#session.choicesOf(meant)[choice];
    if (!given) {
      throw new Error(`Unknown choice ${choice}: expected 0 to ${meant.choices.length - 1}`);
    }
    this.#whys.set(question, given.why.trim());
    await this.#session.answer(question, given.right);
  }

  /** Applies changes to the progress by other commands; if actions are queued, on the next poll. */
  async #refresh(): Promise<void> {
    if (this.#queued > 0 || this.#stop.aborted) return;
    await this.#inTurn(() => this.#follow());
    this.#tell();
  }

  async #follow(): Promise<void> {
    try {
      await this.#session.refresh();
      if (this.#stop.aborted) return;
      this.#refreshProblem = undefined;
      const step = this.#session.find();
      const { startedAt, done } = this.#session.progress.steps[step.id] ?? {};
      const isBegunAnew = !done && startedAt !== this.#startedAt;
      if (step !== this.#watch.step || isBegunAnew) await this.#goto(step);
    } catch (error) {
      this.#refreshProblem = messageOf(error);
    }
  }

  #isPassed(): boolean {
    const { step, outcomes } = this.#watch;
    return isStepPassed(this.#session.progress.steps[step.id], step, { outcomes });
  }

  /** Notifies the listeners if something changed. */
  #tell(): void {
    const view = this.view();
    const text = JSON.stringify(view);
    if (text === this.#told) return;
    this.#told = text;
    for (const listener of this.#listeners) listener(view);
  }
}

/** Actions that take so long that no other can start during them. */
function busyOf(action: GuideAction): Busy | undefined {
  if (!("do" in action)) return undefined;
  return action.do === "check" || action.do === "solve" || action.do === "reset"
    ? action.do
    : undefined;
}
