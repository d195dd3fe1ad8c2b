/** Which fields of a message are looked at, by tag, and which fields of the messages in it. */
export interface MessageLayout<Part extends string> {
  readonly [tag: number]: Part | MessageLayout<Part>;
}

/** The tag of a length-delimited field. */
const tagOf = (field: number) => field << 3 | 2;

/** Makes look-ups fast: an array without holes, as long as the largest tag. */
export function layout<Part extends string>(
  fields: Record<number, Part | MessageLayout<Part>>,
): MessageLayout<Part> {
  const byTag: MessageLayout<Part>[number][] = [];
  for (const [field, part] of Object.entries(fields)) byTag[tagOf(Number(field))] = part;
  return Array.from(byTag);
}
