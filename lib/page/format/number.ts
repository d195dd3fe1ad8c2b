/** A thin no-break space: between groups of digits, and before units. */
const THIN_SPACE = "\u202f";

/** A whole number in groups of three digits. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** A number with its noun: "1 span", "2 spans". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Bytes in units of 1024: "38.7 KiB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toPrecision(value >= 100 ? 4 : 3))} ${units[unit]}`;
}

/** A measured number with at most four significant digits, with its UCUM unit if it has one. */
export function formatValue(value: number, unit = ""): string {
  const digits = Number.isInteger(value) && Math.abs(value) < 1e15
    ? formatSigned(value)
    : Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-4)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
  return unit === "" || unit === "1" ? digits : `${digits} ${unit.replace(/[{}]/g, "")}`;
}

/** A share of a total in percent: "0.4 %". */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = part / whole * 100;
  return `${percent > 0 && percent < 0.1 ? "< 0.1" : Number(percent.toPrecision(3))} %`;
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

function formatSigned(value: number): string {
  return value < 0 ? `−${formatCount(-value)}` : formatCount(value);
}
