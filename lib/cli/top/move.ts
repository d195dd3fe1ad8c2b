/** The index that a key moves to in a list; undefined if the key does not move. */
export function moved(key: string, index: number, count: number): number | undefined {
  const last = Math.max(count - 1, 0);
  switch (key) {
    case "up":
    case "k":
      return Math.max(index - 1, 0);
    case "down":
    case "j":
      return Math.min(index + 1, last);
    case "pageup":
      return Math.max(index - 10, 0);
    case "pagedown":
      return Math.min(index + 10, last);
    case "home":
      return 0;
    case "end":
      return last;
  }
  return undefined;
}
