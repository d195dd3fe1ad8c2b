import { createHash } from "node:crypto";

/** Longer attributes are replaced by a digest, which identifies a series as well. */
const MAX_ATTRIBUTES_BYTES = 4096;

/** Builds the key of a series from the attributes of a data point. */
export class SeriesKey {
  #texts: string[] = [];
  #bytes = 0;

  /** Starts the next data point. */
  reset(): void {
    this.#texts.length = 0;
    this.#bytes = 0;
  }

  /** Adds an attribute in its encoded form. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes += end - start;
    const attribute = bytes.subarray(start, end);
    this.#texts.push(
      end - start > MAX_ATTRIBUTES_BYTES
        ? createHash("sha256").update(attribute).digest("base64")
        : String.fromCharCode.apply(null, attribute as unknown as number[]),
    );
  }

  /** The same for the same attributes, in any order. */
  text(): string {
    const texts = this.#texts;
    if (texts.length > 1) texts.sort();
    let text = "";
    for (const part of texts) text += `${part.length}:${part}`;
    return this.#bytes <= MAX_ATTRIBUTES_BYTES
      ? text
      : createHash("sha256").update(text, "latin1").digest("base64");
  }
}
