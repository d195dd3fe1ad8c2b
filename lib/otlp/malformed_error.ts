/** The body is no export request of its signal. */
export class MalformedError extends Error {
  override name = "MalformedError";
  /** Where decoding failed; undefined where that is not known: JSON of a wrong shape. */
  readonly byteOffset: number | undefined;

  constructor(message: string, byteOffset?: number) {
    super(message);
    this.byteOffset = byteOffset;
  }
}
