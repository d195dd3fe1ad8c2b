import { messageOf } from "../../../error_message.ts";
import type { GuideAction, GuideHandlers, GuideView } from "../../../guests/guide.ts";
import type { DiffLine } from "../../terminal/code_diff.ts";
import { isColored } from "../../colors.ts";
import { readSize } from "./can_draw.ts";
import { frame, measure } from "./frame.ts";
import { setKeyMode } from "./keys.ts";
import { follow, press } from "./press.ts";
import type { Screen } from "./screen.ts";
import { type Canvas, type Effect, FIRST_UI, type Ui } from "./ui.ts";

/** Options of {@linkcode GuideScreen}. */
export interface GuideScreenOptions {
  screen: Screen;
  /** The lines of a diff between two modes of the app. */
  diff: (from: string, to: string) => Promise<readonly DiffLine[]>;
  /** Called when the learner quits the guide, or the terminal is gone. */
  onEnd: () => void;
  /** Called with errors of background work. */
  onFail: (error: unknown) => void;
}

/** The default size, for terminals that don't report theirs. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/** The guide in the terminal: the display follows the guide, the keys and the size. */
export class GuideScreen {
  readonly #guide: GuideHandlers;
  readonly #options: GuideScreenOptions;
  #ui: Ui = FIRST_UI;
  #view: GuideView;
  #size = readSize() ?? USUAL_SIZE;

  constructor(guide: GuideHandlers, options: GuideScreenOptions) {
    this.#guide = guide;
    this.#options = options;
    this.#view = guide.view();
  }

  draw(): void {
    const { screen, onEnd } = this.#options;
    const lines = frame(this.#view, this.#ui, this.#canvas());
    if (!screen.draw(lines, this.#size.columns)) onEnd();
  }

  /** Shows the current state of the guide. */
  show(view: GuideView): void {
    this.#ui = follow(this.#ui, this.#view, view);
    this.#view = view;
    this.draw();
  }

  /** Draws everything again, because other programs might have drawn over it. */
  restore(): void {
    setKeyMode();
    this.#options.screen.enter();
    this.draw();
  }

  /** Redraws for the current size of the terminal, and the remaining seconds. */
  refresh(): void {
    const { columns, rows } = this.#size;
    this.#size = readSize() ?? this.#size;
    if (this.#size.columns !== columns || this.#size.rows !== rows) this.#options.screen.clear();
    this.draw();
  }

  /** Performs the action of a key. */
  press(key: string): void {
    const size = measure(this.#view, this.#ui, this.#canvas());
    const { ui, effect } = press(key, this.#view, this.#ui, size);
    this.#ui = ui;
    if (effect) this.#run(effect);
    this.draw();
  }

  #canvas(): Canvas {
    return { ...this.#size, isColored: isColored(), now: Date.now() };
  }

  #run(effect: Effect): void {
    if ("end" in effect) this.#options.onEnd();
    else if ("diff" in effect) void this.#settle(this.#showDiff(...effect.diff));
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

  async #showDiff(from: string, to: string): Promise<void> {
    const step = this.#view.step.id;
    const lines = await this.#options.diff(from, to);
    if (this.#view.step.id === step) this.#change({ page: "diff", diff: lines, scroll: 0 });
  }

  /** Shows an action's error. An error while drawing must not go unnoticed. */
  async #settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#change({ note: messageOf(error) });
    }
    try {
      this.draw();
    } catch (error) {
      this.#options.onFail(error);
    }
  }

  #change(change: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...change };
  }
}
