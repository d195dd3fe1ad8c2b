/** The body is not an export request of its signal. */
export class MalformedError extends Error {
  override name = "MalformedError";
  /** Where decoding failed; undefined if unknown, as for JSON with a wrong structure. */
  readonly byteOffset: number | undefined;

  constructor(message: string, byteOffset?: number) {
    super(message);
    this.byteOffset = byteOffset;
  }
}
