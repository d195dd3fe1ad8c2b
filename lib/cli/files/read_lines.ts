/**
 * The lines of a text as they come, without their ends, until the input ends or one is told to stop.
 * The input is let go of then; what was typed after a line that nobody took is lost.
 */
export async function* readLines(
  input: ReadableStream<BufferSource>,
  stop: AbortSignal,
): AsyncGenerator<string, void> {
  const reader = input.pipeThrough(new TextDecoderStream(), { preventCancel: true }).getReader();
  const { promise: stopped, resolve } = Promise.withResolvers<undefined>();
  const end = () => resolve(undefined);
  if (stop.aborted) end();
  stop.addEventListener("abort", end, { once: true });
  let typed = "";
  try {
    while (true) {
      const part = await Promise.race([reader.read(), stopped]);
      if (part === undefined) return;
      typed += part.value ?? "";
      const lines = typed.split("\n");
      typed = part.done ? "" : lines.pop()!;
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
