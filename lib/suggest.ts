import { closest, distance } from "fastest-levenshtein";

/** The known word that is nearest to what was typed; undefined if none is near enough. */
export function suggest(
  typed: string,
  known: readonly string[],
  { maxDistance }: { maxDistance: number },
): string | undefined {
  const nearest = closest(typed, known);
  return distance(typed, nearest) <= maxDistance ? nearest : undefined;
}
