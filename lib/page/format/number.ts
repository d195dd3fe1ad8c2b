import { formatDuration } from "./duration.ts";

/** A whole number in groups of three digits: "8,431". */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A number with its noun: "1 span", "2 spans". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Bytes in units of 1024: "38.7 KiB". */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return `−${formatBytes(-bytes)}`;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toPrecision(value >= 100 ? 4 : 3))} ${units[unit]}`;
}

/** UCUM's units of time, in nanoseconds. */
const NANOS_OF: Record<string, number> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/** Its units of data, in bytes. */
const BYTES_OF: Record<string, number> = {
  By: 1,
  kBy: 1e3,
  MBy: 1e6,
  GBy: 1e9,
  KiBy: 1024,
  MiBy: 1024 ** 2,
  GiBy: 1024 ** 3,
};

/** Signs that differ from UCUM's. */
const SIGNS: Record<string, string> = { Cel: "°C", "%": "%", "1": "" };

/**
 * A measured number with its UCUM unit: bytes and times are scaled, and annotations such as `{request}` are
 * nouns. Others have at most four significant digits.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/general/metrics/#instrument-units
 */
export function formatValue(value: number, unit = ""): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const [, amount = unit, per = ""] = /^(.*?)(\/[^/]+)$/.exec(unit) ?? [];
  const nanos = own(NANOS_OF, amount);
  // A time per time is a share, not a time.
  if (nanos !== undefined && per === "") return formatDuration(value * nanos);
  const bytes = own(BYTES_OF, amount);
  if (bytes !== undefined) return `${formatBytes(value * bytes)}${per}`;
  const digits = formatDigits(value);
  const noun = /^\{(.+)\}$/.exec(amount)?.[1];
  const sign = noun === undefined
    ? own(SIGNS, amount) ?? amount
    : value === 1
    ? noun
    : pluralOf(noun);
  return `${digits}${sign === "" || sign === "%" ? "" : " "}${sign}${per}`;
}

/** The name of a UCUM unit, after "in": "bytes", "requests"; empty for numbers without a unit. */
export function unitName(unit: string): string {
  const [, amount = unit, per = ""] = /^(.*?)(\/[^/]+)$/.exec(unit) ?? [];
  const noun = /^\{(.+)\}$/.exec(amount)?.[1];
  const name = noun === undefined ? own(UNIT_NAMES, amount) ?? amount : pluralOf(noun);
  const perName = per === "" ? "" : `per ${own(PER_NAMES, per) ?? per.slice(1)}`;
  return [name, perName].filter(Boolean).join(" ");
}

const UNIT_NAMES: Record<string, string> = {
  ns: "nanoseconds",
  us: "microseconds",
  ms: "milliseconds",
  s: "seconds",
  min: "minutes",
  h: "hours",
  d: "days",
  By: "bytes",
  KiBy: "kibibytes",
  MiBy: "mebibytes",
  GiBy: "gibibytes",
  kBy: "kilobytes",
  MBy: "megabytes",
  GBy: "gigabytes",
  Cel: "degrees Celsius",
  "%": "percent",
  "1": "",
};

const PER_NAMES: Record<string, string> = { "/s": "second", "/min": "minute", "/h": "hour" };

/** A share of a total in percent: "0.4%". */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = part / whole * 100;
  return `${percent > 0 && percent < 0.1 ? "< 0.1" : Number(percent.toPrecision(3))}%`;
}

/** A rate in a suitable unit: "12.5/s", "3/min", "4/h". */
export function formatRate(perSecond: number): string {
  const [value, unit] = perSecond >= 0.1 || perSecond === 0
    ? [perSecond, "s"]
    : perSecond * 60 >= 0.1
    ? [perSecond * 60, "min"]
    : [perSecond * 3600, "h"];
  return `${formatValue(Number(value.toPrecision(3)))}/${unit}`;
}

function formatDigits(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) && size < 1e15
    ? formatCount(size)
    : size >= 1e6 || (size !== 0 && size < 1e-4)
    ? size.toExponential(2)
    : String(Number(size.toPrecision(4)));
  return value < 0 ? `−${digits}` : digits;
}

function formatNonFinite(value: number): string {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
}

/** The regular plural of an English noun. */
function pluralOf(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[b-df-hj-np-tv-z]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** The value of a key that may be anything, such as "constructor". */
function own<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Whether a unit counts bytes, which are scaled by powers of two. */
export function isBytes(unit: string): boolean {
  return own(BYTES_OF, unit.replace(/\/[^/]+$/, "")) !== undefined;
}
