/** Options of {@linkcode readLines}. */
export interface ReadLinesOptions {
  /** Leaves the input open at the end, for other readers. */
  keepsInput?: boolean;
}

/**
 * The lines of a text as they arrive, without line ends, until the input ends or iteration stops. Then the
 * input is released; data after the last consumed line is lost.
 *
 * @throws The errors of the input.
 */
export async function* readLines(
  input: ReadableStream<BufferSource>,
  stop: AbortSignal,
  { keepsInput = false }: ReadLinesOptions = {},
): AsyncGenerator<string, void> {
  const options = { preventCancel: keepsInput };
  const reader = input.pipeThrough(new TextDecoderStream(), options).getReader();
  const { promise: stopped, resolve } = Promise.withResolvers<undefined>();
  const end = () => resolve(undefined);
  if (stop.aborted) end();
  stop.addEventListener("abort", end, { once: true });
  let waiting = "";
  try {
    while (true) {
      const part = await Promise.race([reader.read(), stopped]);
      if (part === undefined) return;
      waiting += part.value ?? "";
      const lines = waiting.split("\n");
      waiting = part.done ? "" : lines.pop()!;
      for (const line of lines) {
        if (!part.done || line !== "") yield line.replace(/\r$/, "");
      }
      if (part.done) return;
    }
  } finally {
    stop.removeEventListener("abort", end);
    reader.cancel().catch(() => {});
  }
}
