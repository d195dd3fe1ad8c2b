import type { AttributeValue } from "@opentelemetry/api";
import type { ConfigurationModel } from "@opentelemetry/configuration";

/** An attribute in the declarative configuration. */
interface AttributeModel {
  name: string;
  value: AttributeValue | null;
  type?: string | null;
}

/** What the values of each type are. */
const TYPES: Readonly<Record<string, readonly [words: string, isOf: (value: unknown) => boolean]>> =
  {
    string: ["a string; put it in quotes", (value) => typeof value === "string"],
    bool: ["true or false", (value) => typeof value === "boolean"],
    int: ["an integer", Number.isInteger],
    double: ["a number", (value) => typeof value === "number"],
  };

/** Describes what is wrong with an attribute whose value doesn't match its type; undefined if it matches. */
export function attributeProblem(
  model: Readonly<Record<string, unknown>>,
): { text: string; at: string } | undefined {
  const { value, type } = model as unknown as AttributeModel;
  if (!type || value === null) return undefined;
  const [, single = "", list] = /^([a-z]+)(_array)?$/.exec(type) ?? [];
  const [words, isOf] = TYPES[single]!;
  const isRight = list ? Array.isArray(value) && value.every(isOf) : isOf(value);
  if (isRight) return undefined;
  return {
    text: list
      ? `must be a list as its type says, each ${words}`
      : `must be ${words}, as its type says`,
    at: "/value",
  };
}

/** The warning for attributes whose type the SDK can't keep, because it has only one kind of number. */
export function attributeNotes(
  { resource }: ConfigurationModel,
): { pointer: string; text: string }[] {
  return (resource?.attributes ?? []).flatMap(({ value, type }, index) => {
    const isWhole = [value].flat().every(Number.isInteger);
    return type?.startsWith("double") && isWhole
      ? [{
        pointer: `/resource/attributes/${index}/type`,
        text: "no effect here; a whole number is sent as an integer",
      }]
      : [];
  });
}

/** The value of an attribute; without a type it is a string, as in the schema. */
export function attributeValue({ value, type }: AttributeModel): AttributeValue | undefined {
  if (value === null) return undefined;
  if (type) return value;
  return Array.isArray(value) ? value.map(String) : String(value);
}
