import fc from "fast-check";
import type { TracesData } from "../../lib/otlp/json.ts";
import { encodeMessage } from "../../lib/otlp/encode.ts";
import { type MessageName, MESSAGES } from "../../lib/otlp/messages.ts";
import type { Field } from "../../lib/otlp/message_type.ts";

/** A request with one span from one service. */
export const ONE_SPAN = {
  resourceSpans: [{
    resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
    scopeSpans: [{
      scope: { name: "test" },
      spans: [{
        traceId: "5b8efff798038103d269b633813fc60c",
        spanId: "eee19b7ec3c1b174",
        name: "GET /items/:id",
        kind: 2,
        startTimeUnixNano: "1544712660300000001",
        endTimeUnixNano: "1544712660600000002",
        attributes: [{ key: "http.response.status_code", value: { intValue: "200" } }],
      }],
    }],
  }],
} satisfies TracesData;

/** A message in protobuf. */
export function protobufOf(name: MessageName, json: unknown): Uint8Array<ArrayBuffer> {
  return encodeMessage(name, json);
}

/**
 * Messages of a type in OTLP JSON, as a reader returns them: without default values, and with at most one
 * member per oneof.
 */
export function messageArbitrary(name: MessageName, nesting = 0): fc.Arbitrary<object> {
  const key = `${name}:${nesting}`;
  const known = ARBITRARIES.get(key);
  if (known) return known;
  const groups = new Map<string, Field[]>();
  for (const field of MESSAGES[name].fields) {
    if (nesting === MAX_NESTING && field.message && name === "AnyValue") continue;
    const group = field.oneof ?? field.name;
    groups.set(group, [...groups.get(group) ?? [], field]);
  }
  const inner = name === "AnyValue" ? nesting + 1 : nesting;
  const parts = [...groups.values()].map((fields) =>
    fc.option(fc.oneof(...fields.map((field) => fieldArbitrary(field, inner))), { nil: {} })
  );
  const message = fc.tuple(...parts).map((objects) => Object.assign({}, ...objects));
  ARBITRARIES.set(key, message);
  return message;
}

/** The nesting depth of lists and maps. */
const MAX_NESTING = 2;
const ARBITRARIES = new Map<string, fc.Arbitrary<object>>();

function fieldArbitrary(field: Field, nesting: number): fc.Arbitrary<object> {
  const value = field.message
    ? messageArbitrary(field.message.name as MessageName, nesting)
    : scalarArbitrary(field);
  if (field.isRepeated) {
    return fc.array(value, { minLength: 1, maxLength: 3 }).map((list) => ({ [field.name]: list }));
  }
  const set = value.map((single) => ({ [field.name]: single }));
  if (field.oneof !== undefined || field.message) return set;
  return set.map((object) => isDefault(Object.values(object)[0]) ? {} : object);
}

function isDefault(value: unknown): boolean {
  return value === 0 || value === "" || value === "0" || value === false;
}

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const hex = fc.uint8Array({ maxLength: 16 }).map((bytes) => bytes.toHex());
const double = fc.double().map((value) =>
  Number.isFinite(value) ? (Object.is(value, -0) ? 0.5 : value) : String(value)
);
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function scalarArbitrary({ type }: Field): fc.Arbitrary<unknown> {
  switch (type) {
    case "string":
      return text;
    case "id":
      return hex;
    case "bytes":
      return fc.uint8Array().map((bytes) => bytes.toBase64());
    case "bool":
      return fc.boolean();
    case "enum":
    case "int32":
    case "sint32":
      return int32;
    case "uint32":
    case "fixed32":
      return uint32;
    case "int64":
    case "sfixed64":
      return int64;
    case "uint64":
    case "fixed64":
      return uint64;
    case "double":
      return double;
    case "message":
      throw new TypeError("a message is no scalar");
    default:
      return type satisfies never;
  }
}
