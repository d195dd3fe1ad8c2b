/** Where a frame of a stack points to. */
export interface StackPlace {
  /** A file or an address. */
  path: string;
  line: string;
}

const NUMBER = /^\d+$/;

/** The place in a line like `at name (file:///app/main.ts:9:3)`; undefined if it names none. */
export function readStackPlace(frame: string): StackPlace | undefined {
  const text = frame.trim();
  const end = text.endsWith(")") ? text.length - 1 : text.length;
  const start = Math.max(text.lastIndexOf(" ", end - 1), text.lastIndexOf("(", end - 1)) + 1;
  const columnAt = text.lastIndexOf(":", end - 1);
  const lineAt = text.lastIndexOf(":", columnAt - 1);
  if (lineAt <= start) return undefined;
  const line = text.slice(lineAt + 1, columnAt);
  if (!NUMBER.test(line) || !NUMBER.test(text.slice(columnAt + 1, end))) return undefined;
  return { path: text.slice(start, lineAt), line };
}
