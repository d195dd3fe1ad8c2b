/** Marks a field with a text, and one with an `AnyValue`. */
export const TEXT = "text";
export const VALUE = "value";

/** Which fields of a message hold texts and values that a search looks at, by tag. */
export interface TextLayout {
  readonly [tag: number]: typeof TEXT | typeof VALUE | TextLayout;
}

/** The tag of a length-delimited field. */
const tagOf = (field: number) => field << 3 | 2;

/** Makes look-ups fast: an array without holes, as long as the largest tag. */
function layout(fields: Record<number, TextLayout[number]>): TextLayout {
  const byTag: TextLayout[number][] = [];
  for (const [field, part] of Object.entries(fields)) byTag[tagOf(Number(field))] = part;
  return Array.from(byTag);
}

const ATTRIBUTE = layout({ 2: VALUE });

/** `Span`: name, attributes, events, links, and the status's message. */
export const SPAN_TEXTS = layout({
  5: TEXT,
  9: ATTRIBUTE,
  11: layout({ 2: TEXT, 3: ATTRIBUTE }),
  13: layout({ 4: ATTRIBUTE }),
  15: layout({ 2: TEXT }),
});

/** `LogRecord`: severity text, body, attributes, and the event's name. */
export const LOG_TEXTS = layout({ 3: TEXT, 5: VALUE, 6: ATTRIBUTE, 12: TEXT });
