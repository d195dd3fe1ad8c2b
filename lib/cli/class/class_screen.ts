import type { ClassServer } from "../../class/class_server.ts";
import type { ClassView } from "../../class/class_view.ts";
import { messageOf } from "../../error_message.ts";
import { type Canvas, extentOf, layOut, scrolled } from "../screen/page.ts";
import type { RunningScreen, ScreenView } from "../screen/run_screen.ts";
import { classPage, type ClassPageState } from "./class_page.ts";
import type { CsvFile } from "./csv_file.ts";

/** The parts that the screen works with. */
export interface ClassScreenParts {
  source: Pick<ClassServer, "roster" | "view">;
  /** What learners enter to take part. */
  joinLines: readonly string[];
  /** Where `e` writes the table. */
  file?: CsvFile | undefined;
}

/** The class, live in the whole terminal. */
export class ClassScreen implements ScreenView, Disposable {
  readonly #parts: ClassScreenParts;
  readonly #running: RunningScreen;
  readonly #changes: Disposable;
  #state: ClassPageState;
  #scroll = 0;

  constructor(parts: ClassScreenParts, running: RunningScreen) {
    this.#parts = parts;
    this.#running = running;
    const { joinLines } = parts;
    this.#state = { joinLines, isByNeed: false, isClearing: false, isJoining: false, note: "" };
    this.#changes = parts.source.roster.subscribe(() => running.draw());
  }

  rows(canvas: Canvas): string[] {
    return layOut(this.#page(canvas), this.#scroll, canvas);
  }

  press(key: string, canvas: Canvas): void {
    const { isClearing, isByNeed, isJoining } = this.#state;
    this.#change({ note: "", isClearing: false, isJoining: false });
    if (key === "ctrl-c" || key === "q") this.#running.end();
    else if (isClearing) {
      if (key === "y") this.#change({ note: `${this.#parts.source.roster.clear()} rows removed` });
    } else if (key === "s") this.#change({ isByNeed: !isByNeed });
    else if (key === "x") this.#change({ isClearing: true });
    else if (key === "j") this.#change({ isJoining: !isJoining });
    else if (key === "e") void this.#export();
    else {
      const extent = extentOf(this.#page(canvas), this.#scroll, canvas);
      this.#scroll = scrolled(key, extent) ?? this.#scroll;
    }
  }

  [Symbol.dispose](): void {
    this.#changes[Symbol.dispose]();
  }

  #page(canvas: Canvas) {
    const view: ClassView = this.#parts.source.view();
    return classPage(view, this.#state, canvas);
  }

  async #export(): Promise<void> {
    const { file } = this.#parts;
    try {
      await file?.write();
      this.#change({ note: file ? `Written to ${file.path}` : "Name a file with --csv FILE" });
    } catch (error) {
      this.#change({ note: messageOf(error) });
    }
    this.#running.draw();
  }

  #change(change: Partial<ClassPageState>): void {
    this.#state = { ...this.#state, ...change };
  }
}
