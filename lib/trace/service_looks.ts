/** How many colors the palette has; see `lib/page/styles/tokens.css`. */
export const PALETTE_SIZE = 8;
/** How many shapes a service's mark can have; see `lib/page/styles/components.css`. */
export const SHAPE_COUNT = 4;
/** The number of different looks. */
export const LOOK_COUNT = PALETTE_SIZE * SHAPE_COUNT;

/** The color that a service has unless another service needs it, too. */
export function preferredColor(name: string): number {
  return colorChoice(name, 0);
}

/**
 * Which service has which look. The result depends only on the set of names, not on their order:
 *
 * - Up to eight services differ in color, and up to 32 in color or shape. There are no more looks,
 *   so any others must share one.
 * - A service keeps its preferred color unless another one prefers it. Then the first by name has
 *   it, and the others get their next choice among the colors that nobody prefers.
 * - Once all colors are taken, the same is repeated with the next shape.
 *
 * @returns The names at the index of their look: the color plus {@linkcode PALETTE_SIZE} times the
 * shape.
 */
export function assignLooks(names: Iterable<string>): (string | null)[] {
  const owners = new Array<string | null>(LOOK_COUNT).fill(null);
  let waiting = [...new Set(names)].sort();
  for (let first = 0; first < LOOK_COUNT; first += PALETTE_SIZE) {
    for (let choice = 0; choice < PALETTE_SIZE && waiting.length > 0; choice++) {
      waiting = waiting.filter((name) => {
        const look = first + colorChoice(name, choice);
        if (owners[look] !== null) return true;
        owners[look] = name;
        return false;
      });
    }
  }
  return owners;
}

/** A name's choices are all colors, in an order of its own. */
function colorChoice(name: string, choice: number): number {
  const number = hash(name);
  // An odd step through a power of two meets every color.
  const step = (number >>> 16) | 1;
  return (number + choice * step) % PALETTE_SIZE;
}

/** 32-bit FNV-1a, mixed once more: the last character alone must not decide the color. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
  return (value ^ (value >>> 13)) >>> 0;
}
