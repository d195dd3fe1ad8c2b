/** How many colors the palette has; see `styles/tokens.css`. */
export const PALETTE_SIZE = 8;

const assigned = new Map<string, number>();

/**
 * The number of a service's color. It depends on the name, so that a service keeps its color, but skips colors
 * of other services while one is free.
 */
export function serviceColor(name: string): number {
  const known = assigned.get(name);
  if (known !== undefined) return known;
  const taken = new Set(assigned.values());
  let color = hash(name) % PALETTE_SIZE;
  for (let tries = 0; tries < PALETTE_SIZE && taken.has(color); tries++) {
    color = (color + 1) % PALETTE_SIZE;
  }
  assigned.set(name, color);
  return color;
}

/** 32-bit FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
