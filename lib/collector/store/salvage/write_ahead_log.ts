const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit is the byte order of the checksums. */
const MAGIC = 0x377f0682;
const DEFAULT_PAGE_BYTES = 4096;

/** Frames of earlier rounds remain after the newest ones; the first salt counts the rounds. */
const MAX_EARLIER_ROUNDS = 2 ** 20;

/** The content of a write-ahead log. */
export interface WriteAheadLog {
  /** Where the newest committed content of each page begins, by page number. */
  pages: Map<number, number>;
  pageBytes: number;
  /** Describes the damage; undefined if there is none. */
  damage?: string;
}

/**
 * Reads SQLite's write-ahead log. SQLite itself uses the frames before the first bad one and silently
 * removes the rest. Here, the frames after it count, too.
 *
 * @returns Undefined if the log is empty.
 * @see https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export function readWriteAheadLog(bytes: Uint8Array): WriteAheadLog | undefined {
  if (bytes.length < HEADER_BYTES + FRAME_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = (view.getUint32(0) & 1) === 0;
  const start = sumOf(view, 0, 24, [0, 0], isLittle);
  const isHeader = view.getUint32(0) >>> 1 === MAGIC >>> 1 && isSum(view, 24, start);
  if (isHeader) {
    const salts: Pair = [view.getUint32(16), view.getUint32(20)];
    return readFrames(new Frames(view, { pageBytes: view.getUint32(8), salts, isLittle }), start);
  }
  // The header may be damaged. The default page size and the second frame are enough to read the log,
  // even if the first frame is damaged, too.
  const second = HEADER_BYTES + FRAME_HEADER_BYTES + DEFAULT_PAGE_BYTES;
  const at = bytes.length >= second + FRAME_HEADER_BYTES ? second : HEADER_BYTES;
  const salts: Pair = [view.getUint32(at + 8), view.getUint32(at + 12)];
  const options = { pageBytes: DEFAULT_PAGE_BYTES, salts, isLittle: true };
  return { ...readFrames(new Frames(view, options), [0, 0]), damage: "the header of its log" };
}

function readFrames(frames: Frames, start: Pair): WriteAheadLog {
  const good = frames.countGood(start);
  const last = frames.findLost(good) ?? good - 1;
  const pages = new Map<number, number>();
  const open = new Map<number, number>();
  let badCount = 0;
  let isAfterBad = false;
  let previous = start;
  for (let frame = 0; frame <= last; frame++) {
    const isGood = frames.isWhole(frame, previous);
    // The next frame continues from this frame's sum, whether or not this one is damaged.
    previous = frames.sumIn(frame);
    // After a bad frame, the sum may not match although the frame is good.
    const isUsed: boolean = isGood || isAfterBad && frames.isOfRound(frame);
    isAfterBad = !isUsed;
    if (isUsed) open.set(frames.pageNumber(frame), frames.contentAt(frame));
    else badCount++;
    if (isUsed ? !frames.isCommit(frame) : frame < last) continue;
    for (const [number, offset] of open) pages.set(number, offset);
    open.clear();
  }
  return {
    pages,
    pageBytes: frames.pageBytes,
    ...badCount > 0 && { damage: `${badCount} of the ${last + 1} pages in its log` },
  };
}

type Pair = [number, number];

/** The frames of a log; each is a header and a page. */
class Frames {
  readonly pageBytes: number;
  readonly #view: DataView;
  readonly #salts: Pair;
  readonly #isLittle: boolean;
  readonly #count: number;

  constructor(
    view: DataView,
    { pageBytes, salts, isLittle }: { pageBytes: number; salts: Pair; isLittle: boolean },
  ) {
    this.#view = view;
    this.pageBytes = pageBytes;
    this.#salts = salts;
    this.#isLittle = isLittle;
    this.#count = Math.floor((view.byteLength - HEADER_BYTES) / (FRAME_HEADER_BYTES + pageBytes));
  }

  /** Counts the frames before the first bad one. */
  countGood(start: Pair): number {
    let previous = start;
    let frame = 0;
    for (; frame < this.#count && this.isWhole(frame, previous); frame++) {
      previous = this.sumIn(frame);
    }
    return frame;
  }

  /**
   * Finds the last frame after the good ones that was in use; undefined if there is none. The log may
   * also end with frames of earlier rounds, frames of rolled-back transactions, and an incomplete frame
   * of a killed process.
   */
  findLost(good: number): number | undefined {
    for (let frame = this.#count - 1; frame >= good; frame--) {
      const isStrange = !this.isOfRound(frame) && !this.#isOfEarlierRound(frame);
      const isCommitted = this.isOfRound(frame) && this.isCommit(frame);
      const isAtEnd = this.#at(frame + 1) === this.#view.byteLength;
      if (isStrange || isCommitted && (frame > good || isAtEnd)) return frame;
    }
    return undefined;
  }

  pageNumber(frame: number): number {
    return this.#view.getUint32(this.#at(frame));
  }

  isCommit(frame: number): boolean {
    return this.#view.getUint32(this.#at(frame) + 4) !== 0;
  }

  contentAt(frame: number): number {
    return this.#at(frame) + FRAME_HEADER_BYTES;
  }

  sumIn(frame: number): Pair {
    const at = this.#at(frame) + 16;
    return [this.#view.getUint32(at), this.#view.getUint32(at + 4)];
  }

  isOfRound(frame: number): boolean {
    const at = this.#at(frame) + 8;
    return this.#view.getUint32(at) === this.#salts[0] &&
      this.#view.getUint32(at + 4) === this.#salts[1];
  }

  /** Whether a frame is unchanged, given the sum of the previous frame. */
  isWhole(frame: number, previous: Pair): boolean {
    const at = this.#at(frame);
    const head = sumOf(this.#view, at, 8, previous, this.#isLittle);
    const sum = sumOf(this.#view, this.contentAt(frame), this.pageBytes, head, this.#isLittle);
    return this.isOfRound(frame) && isSum(this.#view, at + 16, sum);
  }

  #isOfEarlierRound(frame: number): boolean {
    const rounds = (this.#salts[0] - this.#view.getUint32(this.#at(frame) + 8)) >>> 0;
    return rounds > 0 && rounds <= MAX_EARLIER_ROUNDS;
  }

  #at(frame: number): number {
    return HEADER_BYTES + frame * (FRAME_HEADER_BYTES + this.pageBytes);
  }
}

/** SQLite's checksum of words, continuing from the sum of what precedes them. */
function sumOf(
  view: DataView,
  start: number,
  length: number,
  [a, b]: Pair,
  isLittle: boolean,
): Pair {
  for (let at = start; at < start + length; at += 8) {
    a = (a + view.getUint32(at, isLittle) + b) >>> 0;
    b = (b + view.getUint32(at + 4, isLittle) + a) >>> 0;
  }
  return [a, b];
}

function isSum(view: DataView, at: number, [a, b]: Pair): boolean {
  return view.getUint32(at) === a && view.getUint32(at + 4) === b;
}
