import { timeStep } from "../../query/time_step.ts";

/** Maps values to positions and back. */
export interface Scale {
  toPixels: (value: number) => number;
  toValue: (pixels: number) => number;
  /** Round values, ascending. */
  ticks: number[];
}

export interface ScaleOptions {
  /** The smallest and the largest value. */
  domain: readonly [number, number];
  /** Their positions. */
  pixels: readonly [number, number];
  mostTicks: number;
}

/** Equal steps for equal differences, with ticks at 1, 2, or 5 times a power of ten. */
export function linearScale({ domain: [low, high], pixels, mostTicks }: ScaleOptions): Scale {
  const step = roundStep((high - low) / mostTicks);
  return {
    ...mapping(low, high, pixels, (value) => value, (value) => value),
    ticks: stepsWithin(low, high, step, 0),
  };
}

/** Equal steps for equal factors, with ticks at powers of ten. Both ends of the domain are positive. */
export function logScale({ domain: [low, high], pixels, mostTicks }: ScaleOptions): Scale {
  const powers = stepsWithin(Math.log10(low), Math.log10(high), 1, 0);
  const every = Math.max(1, Math.ceil(powers.length / mostTicks));
  return {
    ...mapping(Math.log10(low), Math.log10(high), pixels, Math.log10, (power) => 10 ** power),
    ticks: powers.filter((_, index) => index % every === 0).map((power) => 10 ** power),
  };
}

const MINUTE_MILLIS = 60_000;

/** A scale of milliseconds since 1970, with ticks at round local times. */
export function timeScale(options: ScaleOptions): Scale & { stepMillis: number } {
  const { domain: [low, high], pixels, mostTicks } = options;
  const stepMillis = timeStep((high - low) / mostTicks);
  const shift = new Date(low).getTimezoneOffset() * MINUTE_MILLIS;
  return {
    ...mapping(low, high, pixels, (value) => value, (value) => value),
    ticks: stepsWithin(low, high, stepMillis, shift),
    stepMillis,
  };
}

/** The smallest of 1, 2, 5 and 10 times a power of ten that is at least as large; 1 for 0. */
export function roundStep(rough: number): number {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999999)!;
}

function mapping(
  low: number,
  high: number,
  [first, last]: readonly [number, number],
  forward: (value: number) => number,
  back: (value: number) => number,
): Pick<Scale, "toPixels" | "toValue"> {
  const factor = high === low ? 0 : (last - first) / (high - low);
  return {
    toPixels: (value) => first + (forward(value) - low) * factor,
    toValue: (pixels) => back(factor === 0 ? low : low + (pixels - first) / factor),
  };
}

/** Multiples of a step, shifted by `shift`. */
function stepsWithin(low: number, high: number, step: number, shift: number): number[] {
  const first = Math.ceil((low - shift) / step - 1e-9);
  const count = Math.floor((high - shift) / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step + shift);
}
