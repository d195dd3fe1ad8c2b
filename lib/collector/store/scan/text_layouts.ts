import { layout, type MessageLayout } from "./message_layout.ts";

/** Marks a field with a text, and one with an `AnyValue`. */
export const TEXT = "text";
export const VALUE = "value";
type TextPart = typeof TEXT | typeof VALUE;

/** Which fields of a message hold texts and values that a search looks at. */
export type TextLayout = MessageLayout<TextPart>;

const texts = layout<TextPart>;
const ATTRIBUTE = texts({ 2: VALUE });

/** `Span`: name, attributes, events, links, and the status's message. */
export const SPAN_TEXTS = texts({
  5: TEXT,
  9: ATTRIBUTE,
  11: texts({ 2: TEXT, 3: ATTRIBUTE }),
  13: texts({ 4: ATTRIBUTE }),
  15: texts({ 2: TEXT }),
});

/** `ResourceSpans`: the resource's attributes. */
export const RESOURCE_TEXTS = texts({ 1: texts({ 1: ATTRIBUTE }) });

/** `ScopeSpans`: the scope's name and attributes. */
export const SCOPE_TEXTS = texts({ 1: texts({ 1: TEXT, 3: ATTRIBUTE }) });

/** `LogRecord`: severity text, body, attributes, and the event's name. */
export const LOG_TEXTS = texts({ 3: TEXT, 5: VALUE, 6: ATTRIBUTE, 12: TEXT });
