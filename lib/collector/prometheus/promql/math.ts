/** A function of a value and numeric parameters. */
export interface MathFunction {
  /** The default values of the parameters; undefined for a required one. */
  parameters: readonly (number | undefined)[];
  /** Undefined if there is no result. */
  apply(value: number, parameters: readonly number[]): number | undefined;
}

const of = (apply: (value: number) => number): MathFunction => ({ parameters: [], apply });

/** A part of a time in seconds since 1970, in UTC. */
const ofTime = (part: (date: Date) => number): MathFunction =>
  of((seconds) => Number.isFinite(seconds) ? part(new Date(Math.trunc(seconds) * 1000)) : NaN);

/** Rounds half up. Multiplies by the inverse of the unit, which is exact for units such as 0.1. */
function round(value: number, unit: number): number {
  const inverse = 1 / unit;
  return Math.floor(value * inverse + 0.5) / inverse;
}

const DAY_MS = 86_400_000;

/** Functions that apply to each value separately. */
export const MATH: Readonly<Record<string, MathFunction>> = {
  abs: of(Math.abs),
  acos: of(Math.acos),
  acosh: of(Math.acosh),
  asin: of(Math.asin),
  asinh: of(Math.asinh),
  atan: of(Math.atan),
  atanh: of(Math.atanh),
  ceil: of(Math.ceil),
  clamp: {
    parameters: [undefined, undefined],
    apply: (value, [least, most]) =>
      most! < least! ? undefined : Math.max(least!, Math.min(most!, value)),
  },
  clamp_max: { parameters: [undefined], apply: (value, [most]) => Math.min(most!, value) },
  clamp_min: { parameters: [undefined], apply: (value, [least]) => Math.max(least!, value) },
  cos: of(Math.cos),
  cosh: of(Math.cosh),
  deg: of((value) => value * 180 / Math.PI),
  exp: of(Math.exp),
  floor: of(Math.floor),
  ln: of(Math.log),
  log10: of(Math.log10),
  log2: of(Math.log2),
  rad: of((value) => value * Math.PI / 180),
  round: { parameters: [1], apply: (value, [unit]) => round(value, unit!) },
  sgn: of((value) => value > 0 ? 1 : value < 0 ? -1 : value),
  sin: of(Math.sin),
  sinh: of(Math.sinh),
  sqrt: of(Math.sqrt),
  tan: of(Math.tan),
  tanh: of(Math.tanh),
};

/** Functions of a time; without an argument, they use the time of the step. */
export const TIME_PARTS: Readonly<Record<string, MathFunction>> = {
  day_of_month: ofTime((date) => date.getUTCDate()),
  day_of_week: ofTime((date) => date.getUTCDay()),
  day_of_year: ofTime((date) =>
    Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1
  ),
  days_in_month: ofTime((date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  ),
  hour: ofTime((date) => date.getUTCHours()),
  minute: ofTime((date) => date.getUTCMinutes()),
  month: ofTime((date) => date.getUTCMonth() + 1),
  year: ofTime((date) => date.getUTCFullYear()),
};
