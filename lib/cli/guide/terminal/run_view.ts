import { messageOf } from "../../../error_message.ts";
import type { GuideAction, GuideHandlers } from "../../../guests/guide.ts";
import type { DiffLine } from "../../terminal/code_diff.ts";
import { isColored } from "../../terminal/style.ts";
import { readSize } from "./can_draw.ts";
import { frame, measure } from "./frame.ts";
import { readKeys, setKeyMode } from "./keys.ts";
import { follow, press } from "./press.ts";
import { openScreen } from "./screen.ts";
import { type Canvas, type Effect, FIRST_UI, type Ui } from "./ui.ts";

/** What a view works with. */
export interface GuideViewOptions {
  /** Ends the view. */
  stop: AbortSignal;
  /** The lines of a diff between two modes of the app. */
  diff: (from: string, to: string) => Promise<readonly DiffLine[]>;
}

/** How often the seconds that are left are drawn anew, and the size is looked at. */
const TICK_MS = 500;

/** What most terminals have, where one does not tell. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/**
 * Shows the guide in the whole terminal, and does what the keys ask for. Ends at q, at Ctrl-C, which
 * is a key here, when stopped, and when the terminal is gone; leaves the terminal as it was.
 * `canDraw()` must hold.
 */
export async function runGuideView(
  guide: GuideHandlers,
  { stop, diff }: GuideViewOptions,
): Promise<void> {
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  if (stop.aborted) return;
  let ui: Ui = FIRST_UI;
  let view = guide.view();
  let size = readSize() ?? USUAL_SIZE;

  using screen = openScreen();
  using _keys = readKeys({ onKey: guarded(onKey), onEnd: end });
  using _changes = guide.subscribe(guarded((changed) => {
    ui = follow(ui, view, changed);
    view = changed;
    draw();
  }));
  using _resizes = onSignal("SIGWINCH", guarded(resize));
  // Ctrl-Z is a key here, but others can stop the process, too; who continues it may have drawn.
  using _continued = onSignal(
    "SIGCONT",
    guarded(() => {
      setKeyMode();
      screen.enter();
      draw();
    }),
  );
  // Windows tells nothing of a new size.
  const ticks = setInterval(guarded(resize), TICK_MS);
  stop.addEventListener("abort", () => end(), { once: true });
  try {
    draw();
    await ended;
  } finally {
    clearInterval(ticks);
  }

  function canvas(): Canvas {
    return { ...size, isColored: isColored(), now: Date.now() };
  }

  function draw(): void {
    if (!screen.draw(frame(view, ui, canvas()), size.columns)) end();
  }

  function resize(): void {
    const now = readSize() ?? size;
    if (now.columns !== size.columns || now.rows !== size.rows) screen.clear();
    size = now;
    draw();
  }

  function onKey(key: string): void {
    const pressed = press(key, view, ui, measure(view, ui, canvas()));
    ui = pressed.ui;
    if (pressed.effect) run(pressed.effect);
    draw();
  }

  function run(effect: Effect): void {
    if ("end" in effect) end();
    else if ("diff" in effect) void settle(showDiff(...effect.diff));
    else void settle(act(effect.act));
  }

  async function act(action: GuideAction): Promise<void> {
    ui = { ...ui, isActing: true };
    try {
      await guide.act(action);
    } finally {
      // What was said of waiting for it is over with it.
      ui = { ...ui, isActing: false, note: "" };
    }
  }

  async function showDiff(from: string, to: string): Promise<void> {
    const step = view.step.id;
    const lines = await diff(from, to);
    if (view.step.id === step) ui = { ...ui, page: "diff", diff: lines, scroll: 0 };
  }

  /** What could not be done is told; drawing what became of it must not fail unseen. */
  async function settle(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      ui = { ...ui, note: messageOf(error) };
    }
    guarded(draw)();
  }

  /** An error in what runs by itself ends the view, so that the terminal is given back. */
  function guarded<T extends unknown[]>(work: (...given: T) => void): (...given: T) => void {
    return (...given) => {
      try {
        work(...given);
      } catch (error) {
        fail(error);
      }
    };
  }
}

/** Listens to a signal where there is one. */
function onSignal(signal: Deno.Signal, listener: () => void): Disposable {
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  Deno.addSignalListener(signal, listener);
  return { [Symbol.dispose]: () => Deno.removeSignalListener(signal, listener) };
}
