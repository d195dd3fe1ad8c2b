/** The symbols under which Deno stores them, once they have been found. */
const symbols: { request?: symbol | undefined; response?: symbol | undefined } = {};

/** Deno's object inside a request or response; undefined in other runtimes. */
export function innerOf(
  outer: Request | Response,
  kind: "request" | "response",
): InnerMessage | undefined {
  const symbol = symbols[kind] ??= Object.getOwnPropertySymbols(outer)
    .find(({ description }) => description === kind);
  return symbol && Reflect.get(outer, symbol);
}

/** The part of it that is read. */
interface InnerMessage {
  /** For a body of text or bytes, `streamOrStatic` is a plain object, or missing. */
  body?: { streamOrStatic?: unknown } | null;
}
