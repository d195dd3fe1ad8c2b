import type { Field } from "./message_type.ts";

/** Why a value is rejected. */
export interface ScalarFault {
  /** What was expected. */
  problem: string;
  /** Whether the whole request is rejected, or only the record that contains the value. */
  isRejection?: boolean;
}

/** A decimal integer. */
const INTEGER = /^-?\d{1,20}$/;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const UINT64 = [0n, 2n ** 64n - 1n] as const;
const INT32 = [-(2 ** 31), 2 ** 31 - 1] as const;
const UINT32 = [0, 2 ** 32 - 1] as const;

const WANTED_ENUM: ScalarFault = {
  problem: "enums are integers in OTLP's JSON, not names: send the number",
  isRejection: true,
};
const WANTED_ID: ScalarFault = {
  problem:
    "ids are hexadecimal in OTLP's JSON, not base64: send 32 digits for a trace, 16 for a span",
  isRejection: true,
};

/**
 * Reads a value of OTLP's JSON, which allows integers as numbers or decimal strings, `"NaN"` and `"Infinity"`
 * as doubles, and ids in hex in any case. 64-bit integers are returned as bigint or, for varints, also as safe
 * integers; ids in lower case.
 */
export function readScalar(
  type: Field["type"],
  json: unknown,
): string | number | bigint | Uint8Array | ScalarFault {
  switch (type) {
    case "string":
      return typeof json === "string" ? json : { problem: "expected a string" };
    case "bytes":
      return json instanceof Uint8Array ? json : readBase64(json);
    case "id":
      return typeof json === "string" && json.length % 2 === 0 && /^[\da-f]*$/i.test(json)
        ? json.toLowerCase()
        : WANTED_ID;
    case "bool":
      return typeof json === "boolean" ? Number(json) : { problem: "expected true or false" };
    case "enum":
      return typeof json === "string" && !INTEGER.test(json) ? WANTED_ENUM : readInt(json, INT32);
    case "int32":
    case "sint32":
      return readInt(json, INT32);
    case "uint32":
    case "fixed32":
      return readInt(json, UINT32);
    case "int64":
    case "sfixed64":
      return readInt64(json, INT64);
    case "uint64":
    case "fixed64":
      return readInt64(json, UINT64);
    case "double":
      return readDouble(json);
    case "message":
      throw new TypeError("a message is no scalar");
    default:
      return type satisfies never;
  }
}

function readInt(json: unknown, [min, max]: readonly [number, number]): number | ScalarFault {
  const value = typeof json === "string" && INTEGER.test(json) ? Number(json) : json;
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  return { problem: `expected an integer from ${min} to ${max}` };
}

function readInt64(json: unknown, [min, max]: readonly [bigint, bigint]): bigint | ScalarFault {
  const problem = `expected an integer from ${min} to ${max}, as a number or a decimal string`;
  const isInteger = typeof json === "number" ? Number.isInteger(json) : typeof json === "string" &&
    INTEGER.test(json);
  if (!isInteger) return { problem };
  const value = BigInt(json as number | string);
  if (value >= min && value <= max) return value;
  // JavaScript's exporter writes doubles beyond 2^63 this way, which must not affect the rest of the batch.
  return { problem, isRejection: true };
}

function readDouble(json: unknown): number | ScalarFault {
  if (typeof json === "number") return json;
  if (typeof json === "string" && /^(NaN|-?Infinity|-?\d[\d.]*(e[+-]?\d+)?)$/i.test(json)) {
    const value = Number(json);
    if (!Number.isNaN(value) || json === "NaN") return value;
  }
  return { problem: 'expected a number, "NaN", "Infinity" or "-Infinity"' };
}

/** Reads both alphabets, with and without padding, like protobuf's JSON. */
export function readBase64(json: unknown): Uint8Array | ScalarFault {
  const problem = { problem: "expected bytes in base64" };
  if (typeof json !== "string") return problem;
  try {
    return Uint8Array.fromBase64(json.replaceAll("-", "+").replaceAll("_", "/"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return problem;
  }
}

/** A short form of a value, for messages. */
export function describeJson(json: unknown): string {
  if (Array.isArray(json)) return "a list";
  if (typeof json === "object" && json !== null) return "an object";
  const text = String(json);
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return typeof json === "string" ? `"${short}"` : short;
}
