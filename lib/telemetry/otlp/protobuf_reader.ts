/** The parts of a message that are length-delimited and have the field number. */
export function submessages(message: Uint8Array, wanted: number): Uint8Array[] {
  return [...messageFields(message)].flatMap(({ field, value }) =>
    field === wanted && typeof value !== "number" ? [value] : []
  );
}

/**
 * Yields the varint and length-delimited fields of a message.
 *
 * @throws {RangeError} If there are others, or the bytes are no message.
 */
export function* messageFields(
  message: Uint8Array,
): Generator<{ field: number; value: number | Uint8Array }> {
  let position = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = message[position++];
      if (byte === undefined) throw new RangeError("the message ends within a number");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (position < message.length) {
    const tag = varint();
    const field = tag >>> 3;
    if ((tag & 7) === 0) yield { field, value: varint() };
    else if ((tag & 7) === 2) {
      const length = varint();
      if (position + length > message.length) throw new RangeError("the message ends too early");
      yield { field, value: message.subarray(position, position += length) };
    } else throw new RangeError(`the message has a field of wire type ${tag & 7}`);
  }
}
