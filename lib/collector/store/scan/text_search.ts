import { valueText } from "../../../otlp/any_value.ts";
import type { KeyValue } from "../../../otlp/json.ts";

const textDecoder = new TextDecoder();

/** Texts that can be part of a value but not of its bytes: numbers, and JSON syntax. */
const UNWRITTEN = /^[-+.e\d]*$|[",[\]{}\\]|^:/;
const UNWRITTEN_WORDS = ["true", "false", "null", "nan", "-infinity"];
/** Matches what may be part of base64. */
const BASE64 = /^[a-z\d+/]*={0,2}$/;

/** The tag of a bytes value; the value's message holds nothing else. */
const BYTES_VALUE = 7 << 3 | 2;

/** Searches for a text, ignoring case. */
export class TextSearch {
  readonly #text: string;
  readonly #isInBytes: boolean;
  readonly #isBase64: boolean;
  /**
   * Whether the text is sure to be in a request's decoded text if it is in one of the request's values.
   * The lower case of some non-ASCII letters depends on the letters around them.
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
   * Whether a message may hold the text. Texts are encoded as they are, so most messages need not be
   * decoded. Numbers and booleans are not.
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

/** Whether there may be a bytes value: its message is as long as the bytes plus a tag and a length. */
function mayHoldBytes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(BYTES_VALUE); at > 0; at = bytes.indexOf(BYTES_VALUE, at + 1)) {
    const length = bytes[at + 1]!;
    if (length >= 0x80 || bytes[at - 1] === length + 2) return true;
  }
  return false;
}
