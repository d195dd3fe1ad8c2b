// deno-lint-ignore-file no-console

/** Replaces a method of the console, by default with one that does nothing, until disposed. */
export function replaceConsole(
  method: "error" | "warn" | "dir",
  replacement: (...args: unknown[]) => void = () => {},
): Disposable {
  const original = console[method];
  console[method] = replacement;
  return { [Symbol.dispose]: () => void (console[method] = original) };
}
