import { createHash } from "node:crypto";

/** The bytes of longer attributes are not kept: a digest of them tells series apart, too. */
const MAX_ATTRIBUTES_BYTES = 4096;

/** Takes the attributes of a data point, and makes of them what tells its series apart. */
export class SeriesKey {
  #texts: string[] = [];
  #bytes = 0;

  /** Begins with the next data point. */
  reset(): void {
    this.#texts.length = 0;
    this.#bytes = 0;
  }

  /** Adds an attribute, as its message is written. */
  add(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes += end - start;
    const attribute = bytes.subarray(start, end);
    this.#texts.push(
      end - start > MAX_ATTRIBUTES_BYTES
        ? createHash("sha256").update(attribute).digest("base64")
        : String.fromCharCode.apply(null, attribute as unknown as number[]),
    );
  }

  /** The same for the same attributes, in whatever order they came. */
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
