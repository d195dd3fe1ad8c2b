import { distance } from "fastest-levenshtein";

/** The known word that is nearest to what was typed; undefined if none is near enough. */
export function suggest(
  typed: string,
  known: readonly string[],
  { maxDistance }: { maxDistance: number },
): string | undefined {
  // Of a short word, a few other letters make any other.
  const most = Math.min(maxDistance, Math.ceil(typed.replace(/^-+/, "").length / 3));
  return known.map((word) => ({ word, far: distance(typed, word) }))
    .filter(({ far }) => far <= most).toSorted((a, b) => a.far - b.far)[0]?.word;
}
