import { protobufToJson } from "../../../otlp/decode.ts";
import type { ProtobufReader } from "../../../otlp/protobuf_reader.ts";
import { usualValueStart } from "../scan/encoded_value.ts";
import { BYTE_ORDER_MARK, isEqual, REPLACEMENT } from "../scan/text_bytes.ts";

const encoder = new TextEncoder();

/** The keys of attributes that a query asks for, in the order in which it first did. */
export class AttributeKeys {
  readonly #indexes = new Map<string, number>();
  readonly #encoded: Uint8Array[] = [];
  /** Whether bytes that aren't UTF-8 may decode to one of the keys. */
  #isReplaced = false;

  get count(): number {
    return this.#encoded.length;
  }

  /** The index of a key, which is added if it is new. */
  indexOf(key: string): number {
    let index = this.#indexes.get(key);
    if (index === undefined) {
      this.#indexes.set(key, index = this.#encoded.length);
      this.#encoded.push(encoder.encode(key));
      this.#isReplaced ||= key.includes(REPLACEMENT);
    }
    return index;
  }

  /** The index of the key in the `KeyValue` at the reader's position; -1 if nobody asks for it. */
  at(reader: ProtobufReader, end: number): number {
    const { bytes, position: start } = reader;
    const isUsual = !this.#isReplaced && usualValueStart(bytes, start, end) >= 0 &&
      bytes[start + 2] !== BYTE_ORDER_MARK;
    if (!isUsual) {
      const { key = "" } = protobufToJson("KeyValue", bytes.subarray(start, end));
      return this.#indexes.get(key) ?? -1;
    }
    const keyEnd = start + 2 + bytes[start + 1]!;
    for (let i = 0; i < this.#encoded.length; i++) {
      if (isEqual(bytes, start + 2, keyEnd, this.#encoded[i]!)) return i;
    }
    return -1;
  }
}
