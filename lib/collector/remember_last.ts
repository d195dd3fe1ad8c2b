/** Parses a text only if it differs from the last one, for texts that most requests repeat. */
export function rememberLast<Result>(parse: (text: string) => Result): (text: string) => Result {
  let last: { text: string; result: Result } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: parse(text) };
    return last.result;
  };
}
