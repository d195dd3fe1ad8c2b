import { FIXED32, FIXED64, LENGTH_DELIMITED, VARINT } from "./reverse_writer.ts";

/** Wire type of each scalar type. An id is bytes that are hex in JSON. */
const WIRE_TYPES = {
  string: LENGTH_DELIMITED,
  bytes: LENGTH_DELIMITED,
  id: LENGTH_DELIMITED,
  bool: VARINT,
  int32: VARINT,
  uint32: VARINT,
  sint32: VARINT,
  enum: VARINT,
  int64: VARINT,
  uint64: VARINT,
  fixed32: FIXED32,
  fixed64: FIXED64,
  sfixed64: FIXED64,
  double: FIXED64,
} as const;

/** A type that is not a message. */
export type ScalarType = keyof typeof WIRE_TYPES;

/**
 * The source form of a message's fields: number, type (`[]` marks a repeated one), and the oneof that a field
 * belongs to. A field of a oneof is written even if it has its default value, so an `optional` field is in a
 * oneof of its own.
 */
export type Fields = Readonly<Record<string, readonly [number, string, oneof?: string]>>;

/** A field of a message. */
export interface Field {
  readonly number: number;
  /** As in JSON. */
  readonly name: string;
  readonly type: ScalarType | "message";
  /** The message type, if it is a message. */
  readonly message: MessageType | undefined;
  /** Wire type of a single value. */
  readonly wireType: number;
  readonly isRepeated: boolean;
  /** Repeated numbers may be separate or packed. */
  readonly isPackable: boolean;
  readonly oneof: string | undefined;
  /** The other names of its oneof. */
  readonly rivals: readonly string[];
}

/** A message. */
export interface MessageType {
  readonly name: string;
  /** By ascending number. */
  readonly fields: readonly Field[];
  /** By number; unknown ones are undefined. */
  readonly byNumber: readonly (Field | undefined)[];
}

const NO_RIVALS: readonly string[] = [];

/** Resolves the type names in the fields. */
export function messageTypes<Name extends string>(
  definitions: Readonly<Record<Name, Fields>>,
): Record<Name, MessageType> {
  const names = Object.keys(definitions) as Name[];
  const messages = Object.fromEntries(
    names.map((name) => [name, { name, fields: [], byNumber: [] }]),
  ) as unknown as Record<string, MessageType & { fields: Field[]; byNumber: Field[] }>;
  for (const name of names) {
    const { fields, byNumber } = messages[name]!;
    for (const field of fieldsOf(definitions[name], messages)) {
      fields.push(field);
      byNumber[field.number] = field;
    }
  }
  return messages as Record<Name, MessageType>;
}

function fieldsOf(definition: Fields, messages: Record<string, MessageType>): Field[] {
  const entries = Object.entries(definition);
  return entries.map(([name, [number, written, oneof]]): Field => {
    const typeName = written.replace("[]", "");
    const isRepeated = written !== typeName;
    const message = messages[typeName];
    const type = message ? "message" : typeName as ScalarType;
    const wireType = type === "message" ? LENGTH_DELIMITED : WIRE_TYPES[type];
    return {
      number,
      name,
      type,
      message,
      wireType,
      isRepeated,
      isPackable: isRepeated && wireType !== LENGTH_DELIMITED,
      oneof,
      rivals: oneof === undefined ? NO_RIVALS : rivalsOf(entries, name, oneof),
    };
  }).sort((a, b) => a.number - b.number);
}

function rivalsOf(
  entries: readonly [string, Fields[string]][],
  name: string,
  oneof: string,
): string[] {
  return entries.filter(([other, field]) => field[2] === oneof && other !== name)
    .map(([other]) => other);
}
