import type { AnyValue, KeyValue } from "../../../otlp/json.ts";

const textDecoder = new TextDecoder();

/** Texts that a value has in JSON but not in its bytes. */
const UNWRITTEN = /^[-+.e\d]*$/;
const UNWRITTEN_WORDS = ["true", "false", "nan", "-infinity"];

/** Looks for a text in any case. */
export class TextSearch {
  readonly #text: string;
  readonly #isInBytes: boolean;

  constructor(text: string) {
    this.#text = text.toLowerCase();
    this.#isInBytes = !UNWRITTEN.test(this.#text) &&
      !UNWRITTEN_WORDS.some((word) => word.includes(this.#text));
  }

  /**
   * Whether a message may hold the text. In its bytes all texts are written as they are, so most
   * messages need not be decoded; numbers and truth values are not.
   */
  mayBeIn(bytes: Uint8Array): boolean {
    return !this.#isInBytes || this.isIn(textDecoder.decode(bytes));
  }

  isIn(text: string | undefined): boolean {
    return text !== undefined && text.toLowerCase().includes(this.#text);
  }

  isInValues(attributes: KeyValue[] | undefined): boolean {
    return attributes?.some(({ value }) => this.isIn(valueText(value))) ?? false;
  }
}

/** A value as text: texts as they are, lists and bytes as in JSON. */
export function valueText(value: AnyValue | undefined): string {
  if (value === undefined) return "";
  const { stringValue, intValue, boolValue, doubleValue, bytesValue } = value;
  const scalar = stringValue ?? intValue ?? boolValue ?? doubleValue ?? bytesValue;
  if (scalar !== undefined) return String(scalar);
  const { arrayValue, kvlistValue } = value;
  if (arrayValue === undefined && kvlistValue === undefined) return "";
  return JSON.stringify(plain(value));
}

/** The value of an attribute as text; of several the last one counts. */
export function attributeText(
  attributes: KeyValue[] | undefined,
  key: string,
): string | undefined {
  const attribute = attributes?.findLast((attribute) => (attribute.key ?? "") === key);
  return attribute && valueText(attribute.value);
}

function plain(value: AnyValue | undefined): unknown {
  if (value?.arrayValue) return (value.arrayValue.values ?? []).map(plain);
  if (value?.kvlistValue) {
    const entries = value.kvlistValue.values ?? [];
    return Object.fromEntries(entries.map(({ key, value }) => [key ?? "", plain(value)]));
  }
  if (value?.intValue !== undefined) return Number(value.intValue);
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? value?.bytesValue ?? null;
}
