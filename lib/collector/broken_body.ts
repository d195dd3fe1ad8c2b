/** The body of a request is incomplete, probably because the sender disconnected. */
export class BrokenBodyError extends Error {
  override name = "BrokenBodyError";
}

/**
 * The parts of a request's body.
 *
 * @throws {BrokenBodyError} If it is incomplete.
 */
export async function* readParts(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  try {
    while (true) {
      const { value, done } = await reader.read().catch((error: unknown) => {
        const { message } = error as Error;
        throw new BrokenBodyError(`Cannot read the body: ${message}`, { cause: error });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
