/** How many colors the palette has; see `styles/tokens.css`. */
export const PALETTE_SIZE = 8;
/** How many shapes a service's mark can have; see `styles/components.css`. */
export const SHAPE_COUNT = 4;

/** Attributes of an element that distinguish a service from others. */
export interface ServiceLook {
  "data-color": number;
  "data-shape": number;
}

/**
 * The color and the shape of a service's mark. They depend only on its name, so that a service
 * looks the same on every page and in every order. Most services that share a color differ in
 * shape.
 */
export function serviceLook(name: string): ServiceLook {
  const number = hash(name);
  return {
    "data-color": number % PALETTE_SIZE,
    "data-shape": Math.floor(number / PALETTE_SIZE) % SHAPE_COUNT,
  };
}

/** The number of a service's color. */
export function serviceColor(name: string): number {
  return serviceLook(name)["data-color"];
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
