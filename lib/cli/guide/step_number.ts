/** How texts refer to a step: by its place in the course, or as a bonus. */
export function stepNumber(
  { number, isBonus }: { number: string; isBonus: boolean },
  lastNumber: string,
): string {
  return isBonus ? `Bonus ${number}` : `Step ${number}/${lastNumber}`;
}
