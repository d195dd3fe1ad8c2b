import { sleep } from "../time.ts";

const SLICE_MS = 8;

/** Lets long work yield to waiting work, so that it does not delay others. */
export class TimeSlice {
  #end = performance.now() + SLICE_MS;

  /** Whether it is time for {@linkcode pause}. */
  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  async pause(): Promise<void> {
    await sleep(0);
    this.#end = performance.now() + SLICE_MS;
  }
}
