import type { ValueType } from "../../telemetry/value_types.ts";

const UNITS: Record<string, number> = {
  "": 1,
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** A number of bytes that is at least the minimum, with or without a unit: `256MiB`, `1.5GB`, `1000000`. */
export function byteSize(minBytes: number): ValueType<number> {
  return {
    expected: `a number of bytes like 256MiB, 512MB or 1GiB, of at least ${formatBytes(minBytes)}`,
    placeholder: "SIZE",
    parse(text) {
      const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
      const factor = UNITS[unit.toLowerCase()];
      if (number === undefined || factor === undefined) return undefined;
      const bytes = Math.floor(Number(number) * factor);
      return Number.isSafeInteger(bytes) && bytes >= minBytes ? bytes : undefined;
    },
  };
}

/** The number with the unit that makes it shortest. */
export function formatBytes(bytes: number): string {
  for (const [unit, name] of [["gib", "GiB"], ["mib", "MiB"], ["kib", "KiB"]] as const) {
    const value = bytes / UNITS[unit]!;
    if (value >= 1) return `${Number.isInteger(value) ? value : value.toFixed(1)}${name}`;
  }
  return `${bytes} B`;
}
