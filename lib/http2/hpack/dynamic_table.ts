import { type HeaderField, sizeOfField } from "./header_field.ts";

/** The dynamic table: https://www.rfc-editor.org/rfc/rfc7541#section-2.3.2 */
export class DynamicTable {
  /** The newest field comes last. */
  readonly #fields: HeaderField[] = [];
  #bytes = 0;
  #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The size of the fields. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The maximum size; lowering it evicts the oldest fields. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  set maxBytes(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#evict(0);
  }

  /** Returns the field at a place; 0 is the newest. */
  get(place: number): HeaderField | undefined {
    return this.#fields[this.#fields.length - 1 - place];
  }

  /** Adds a field; a field larger than the table empties it. */
  add(field: HeaderField): void {
    const bytes = sizeOfField(field);
    this.#evict(bytes);
    if (bytes > this.#maxBytes) return;
    this.#fields.push(field);
    this.#bytes += bytes;
  }

  #evict(neededBytes: number): void {
    while (this.#fields.length > 0 && this.#bytes + neededBytes > this.#maxBytes) {
      this.#bytes -= sizeOfField(this.#fields.shift()!);
    }
  }
}
