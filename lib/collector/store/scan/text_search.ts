import { valueText } from "../../../otlp/any_value.ts";
import type { KeyValue } from "../../../otlp/json.ts";

const textDecoder = new TextDecoder();

/** Texts that a value may have as text, but not in its bytes: numbers, and the syntax of JSON. */
const UNWRITTEN = /^[-+.e\d]*$|[",[\]{}\\]|^:/;
const UNWRITTEN_WORDS = ["true", "false", "null", "nan", "-infinity"];
/** What may be a part of base64. */
const BASE64 = /^[a-z\d+/]*={0,2}$/;

/** The tag of the bytes of a value, which is all that its message holds. */
const BYTES_VALUE = 7 << 3 | 2;

/** Looks for a text in any case. */
export class TextSearch {
  readonly #text: string;
  readonly #isInBytes: boolean;
  readonly #isBase64: boolean;
  /**
   * Whether it is in the text of a whole request if it is in one of the request's values. The lower
   * case of some letters beyond ASCII depends on those around them.
   */
  readonly isFoundInRequests: boolean;

  constructor(text: string) {
    this.#text = text.toLowerCase();
    this.#isInBytes = !UNWRITTEN.test(this.#text) &&
      !UNWRITTEN_WORDS.some((word) => word.includes(this.#text));
    this.#isBase64 = BASE64.test(this.#text);
    this.isFoundInRequests = this.#isInBytes && !this.#isBase64 && /^[ -~]*$/.test(this.#text);
  }

  /**
   * Whether a message may hold the text. In its bytes all texts are written as they are, so most
   * messages need not be decoded; numbers and truth values are not.
   */
  mayBeIn(bytes: Uint8Array): boolean {
    return !this.#isInBytes || this.isIn(textDecoder.decode(bytes)) ||
      this.#isBase64 && mayHoldBytes(bytes);
  }

  isIn(text: string | undefined): boolean {
    return text !== undefined && text.toLowerCase().includes(this.#text);
  }

  isInValues(attributes: KeyValue[] | undefined): boolean {
    return attributes?.some(({ value }) => this.isIn(valueText(value))) ?? false;
  }
}

/** The value of an attribute as text; of several the last one counts. */
export function attributeText(
  attributes: KeyValue[] | undefined,
  key: string,
): string | undefined {
  const attribute = attributes?.findLast((attribute) => (attribute.key ?? "") === key);
  return attribute && valueText(attribute.value);
}

/** Whether there may be a value of bytes: its message has the length of the bytes, tag and length more. */
function mayHoldBytes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(BYTES_VALUE); at > 0; at = bytes.indexOf(BYTES_VALUE, at + 1)) {
    const length = bytes[at + 1]!;
    if (length >= 0x80 || bytes[at - 1] === length + 2) return true;
  }
  return false;
}
