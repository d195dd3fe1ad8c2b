import { type Line, piece } from "../../../screen/line.ts";

/** Lines that belong together. */
export interface Item {
  /** Items with a higher value are left out first. */
  rank: number;
  lines: Line[];
}

/** The order in which items are left out if space is short. */
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

/** As many lines as fit, in order; `isCut` if a text is incomplete. */
export function keep(items: readonly Item[], room: number): { lines: Line[]; isCut: boolean } {
  const kept = items.map(({ lines }) => lines.length);
  let over = kept.reduce((sum, count) => sum + count, 0) - room;
  let isCut = false;
  const byRank = [...items.keys()].sort((a, b) => items[b]!.rank - items[a]!.rank || b - a);
  for (const least of [1, 0]) {
    for (const index of byRank) {
      const { rank } = items[index]!;
      // The first line of each condition is left out last.
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
