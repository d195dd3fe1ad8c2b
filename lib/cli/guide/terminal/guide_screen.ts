import { messageOf } from "../../../error_message.ts";
import type { GuideAction, GuideHandlers, GuideView } from "../../../guests/guide.ts";
import type { Canvas } from "../../screen/page.ts";
import type { RunningScreen, ScreenView } from "../../screen/run_screen.ts";
import type { CodeDiff } from "../../terminal/code_diff.ts";
import { frame, measure } from "./frame.ts";
import { follow, press } from "./press.ts";
import { type Effect, FIRST_UI, type Ui } from "./ui.ts";

/** Options of {@linkcode GuideScreen}. */
export interface GuideScreenOptions extends RunningScreen {
  /** What a step changes in the code, by its ID. */
  diff: (stepId: string) => Promise<readonly CodeDiff[]>;
}

/** The guide in the terminal: the display follows the guide and the keys. */
export class GuideScreen implements ScreenView, Disposable {
  readonly #guide: GuideHandlers;
  readonly #options: GuideScreenOptions;
  readonly #changes: Disposable;
  #ui: Ui = FIRST_UI;
  #view: GuideView;

  constructor(guide: GuideHandlers, options: GuideScreenOptions) {
    this.#guide = guide;
    this.#options = options;
    this.#view = guide.view();
    this.#changes = guide.subscribe((view) => this.#show(view));
  }

  rows(canvas: Canvas): string[] {
    return frame(this.#view, this.#ui, canvas);
  }

  press(key: string, canvas: Canvas): void {
    const size = measure(this.#view, this.#ui, canvas);
    const { ui, effect } = press(key, this.#view, this.#ui, size);
    this.#ui = ui;
    if (effect) this.#run(effect);
  }

  [Symbol.dispose](): void {
    this.#changes[Symbol.dispose]();
  }

  #show(view: GuideView): void {
    this.#ui = follow(this.#ui, this.#view, view);
    this.#view = view;
    this.#options.draw();
  }

  #run(effect: Effect): void {
    if ("end" in effect) this.#options.end();
    else if ("diff" in effect) void this.#settle(this.#showDiff(effect.diff));
    else void this.#settle(this.#act(effect.act));
  }

  async #act(action: GuideAction): Promise<void> {
    this.#change({ isActing: true });
    try {
      await this.#guide.act(action);
    } finally {
      // The note about waiting for it no longer applies.
      this.#change({ isActing: false, note: "" });
    }
  }

  async #showDiff(stepId: string): Promise<void> {
    const diffs = await this.#options.diff(stepId);
    if (this.#view.step.id === stepId) this.#change({ page: "diff", diffs, scroll: 0 });
  }

  /** Shows an action's error. */
  async #settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#change({ note: messageOf(error) });
    }
    this.#options.draw();
  }

  #change(change: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...change };
  }
}
