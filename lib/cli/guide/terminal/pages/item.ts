import { type Line, piece } from "../line.ts";

/** Lines that say one thing. */
export interface Item {
  /** What has a higher one is left out first. */
  rank: number;
  lines: Line[];
}

/** How long things stay where the room is short. */
export const RANKS = {
  message: 0,
  condition: 1,
  waiting: 2,
  found: 3,
  link: 4,
  advice: 5,
  otherFound: 6,
  evidence: 7,
  air: 8,
} as const;

/** As many lines as there is room for, in their order; `isCut` if a text is not there as a whole. */
export function keep(items: readonly Item[], room: number): { lines: Line[]; isCut: boolean } {
  const kept = items.map(({ lines }) => lines.length);
  let over = kept.reduce((sum, count) => sum + count, 0) - room;
  let isCut = false;
  const byRank = [...items.keys()].sort((a, b) => items[b]!.rank - items[a]!.rank || b - a);
  for (const least of [1, 0]) {
    for (const index of byRank) {
      const { rank } = items[index]!;
      // The beginning of each condition stays until nothing else can go.
      const stays = rank <= RANKS.condition ? least : 0;
      const dropped = Math.min(Math.max(over, 0), Math.max(kept[index]! - stays, 0));
      kept[index]! -= dropped;
      over -= dropped;
      isCut ||= dropped > 0 && rank !== RANKS.air;
    }
  }
  const lines = items.flatMap(({ lines }, index) => {
    const shown = lines.slice(0, kept[index]);
    const isWhole = shown.length === lines.length;
    return isWhole || shown.length === 0
      ? shown
      : [...shown.slice(0, -1), [...shown.at(-1)!, piece("…")]];
  });
  return { lines, isCut };
}
