import { MalformedError } from "../../otlp/malformed_error.ts";

/**
 * The lines of a text in UTF-8, whatever parts it comes in.
 *
 * @throws {MalformedError} If a line has more characters than allowed.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxChars: number,
): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const [first = "", ...others] = text.split("\n");
    parts.push(first);
    length += first.length;
    if (length > maxChars) throw new MalformedError(`A line is longer than ${maxChars} characters`);
    for (const other of others) {
      yield parts.join("");
      parts = [other];
      length = other.length;
    }
  }
  if (length > 0) yield parts.join("");
}
