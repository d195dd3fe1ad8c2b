import type { GuideHandlers } from "../../../guests/guide.ts";
import { GuideScreen, type GuideScreenOptions } from "./guide_screen.ts";
import { readKeys } from "./keys.ts";
import { openScreen } from "./screen.ts";

/** Options of the view. */
export interface GuideViewOptions extends Pick<GuideScreenOptions, "diff"> {
  /** Ends the view. */
  stop: AbortSignal;
}

/** How often to redraw the remaining seconds, and to check the size. */
const TICK_MS = 500;

/**
 * Shows the guide in the whole terminal, and handles its keys. Ends at q, at Ctrl-C, which is a key here, when
 * stopped, and when the terminal is gone; restores the terminal. Requires `canDraw()`.
 */
export async function runGuideView(
  guide: GuideHandlers,
  { stop, diff }: GuideViewOptions,
): Promise<void> {
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  if (stop.aborted) return;

  using screen = openScreen();
  const shown = new GuideScreen(guide, { screen, diff, onEnd: end, onFail: fail });
  const refresh = guarded(() => shown.refresh());
  using _keys = readKeys({ onKey: guarded((key: string) => shown.press(key)), onEnd: end });
  using _changes = guide.subscribe(guarded((view) => shown.show(view)));
  using _resizes = onSignal("SIGWINCH", refresh);
  // Ctrl-Z is a key here, but others can stop the process, too, and draw before it continues.
  using _continued = onSignal("SIGCONT", guarded(() => shown.restore()));
  // Windows doesn't report a new size.
  const ticks = setInterval(refresh, TICK_MS);
  stop.addEventListener("abort", () => end(), { once: true });
  try {
    shown.draw();
    await ended;
  } finally {
    clearInterval(ticks);
  }

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

/** Listens for a signal if the system has it. */
function onSignal(signal: Deno.Signal, listener: () => void): Disposable {
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  Deno.addSignalListener(signal, listener);
  return { [Symbol.dispose]: () => Deno.removeSignalListener(signal, listener) };
}
