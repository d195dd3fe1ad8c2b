import { isColored } from "../colors.ts";
import { readSize } from "./can_draw.ts";
import { readKeys, setKeyMode } from "./keys.ts";
import type { Canvas } from "./page.ts";
import { openScreen, type Screen } from "./screen.ts";

/** What fills the terminal. */
export interface ScreenView {
  /** One text per row, none wider than the canvas. */
  rows(canvas: Canvas): string[];
  /** Handles a key; `ctrl-c` is one, too. The view is drawn again afterward. */
  press(key: string, canvas: Canvas): void;
}

/** The terminal of a running view. */
export interface RunningScreen {
  /** Draws the view again, after it has changed. */
  draw(): void;
  /** Ends the view. */
  end(): void;
  /** Ends the view with an error of background work, so that the terminal is restored. */
  fail(error: unknown): void;
}

/** The default size, for terminals that don't report theirs. */
const USUAL_SIZE = { columns: 80, rows: 24 };

/** How often to redraw what depends on the time, and to check the size. */
const TICK_MS = 500;

/**
 * Shows a view in the whole terminal until it ends, it is stopped, or the terminal is gone; restores the
 * terminal. Requires `canDraw()`.
 */
export async function runScreen(
  stop: AbortSignal,
  open: (running: RunningScreen) => ScreenView & Partial<Disposable>,
): Promise<void> {
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  if (stop.aborted) return;

  using screen = openScreen();
  let size = readSize() ?? USUAL_SIZE;
  const canvas = (): Canvas => ({ ...size, isColored: isColored(), now: Date.now() });
  const draw = guarded(() => {
    if (!screen.draw(view.rows(canvas()), size.columns)) end();
  });
  const refresh = guarded(() => {
    size = resized(size, screen);
    draw();
  });
  using parts = new DisposableStack();
  const view = open({ draw, end, fail });
  parts.defer(() => view[Symbol.dispose]?.());
  const onKey = guarded((key: string) => {
    view.press(key, canvas());
    draw();
  });
  parts.use(readKeys({ onKey, onEnd: end }));
  parts.use(onSignal("SIGWINCH", refresh));
  // Ctrl-Z is a key here, but others can stop the process, too, and draw before it continues.
  parts.use(onSignal(
    "SIGCONT",
    guarded(() => {
      setKeyMode();
      screen.enter();
      draw();
    }),
  ));
  // Windows doesn't report a new size.
  const ticks = setInterval(refresh, TICK_MS);
  parts.defer(() => clearInterval(ticks));
  stop.addEventListener("abort", () => end(), { once: true });
  draw();
  await ended;

  /** An error in background work ends the view, so that the terminal is restored. */
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

function resized<T extends { columns: number; rows: number }>(
  size: T,
  screen: Screen,
): T | { columns: number; rows: number } {
  const now = readSize() ?? size;
  if (now.columns !== size.columns || now.rows !== size.rows) screen.clear();
  return now;
}

/** Listens for a signal if the system has it. */
function onSignal(signal: Deno.Signal, listener: () => void): Disposable {
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  Deno.addSignalListener(signal, listener);
  return { [Symbol.dispose]: () => Deno.removeSignalListener(signal, listener) };
}
