import { assertEquals } from "@std/assert";
import { readLines } from "../../../lib/cli/files/read_lines.ts";
import { within } from "../../helpers/patience.ts";
import { poll } from "../../helpers/poll.ts";

Deno.test("readLines() returns lines without line ends, however they arrive", async () => {
  const { input } = source("a\r\nbb\n\nc ü\nlast");
  const lines = await Array.fromAsync(readLines(input, new AbortController().signal));
  assertEquals(lines, ["a", "bb", "", "c ü", "last"]);
});

Deno.test("readLines() ends when told to stop, even while it waits", async () => {
  const stop = new AbortController();
  const { input, wasCanceled } = source("a\n", { isOpen: true });
  const lines = readLines(input, stop.signal);
  assertEquals((await lines.next()).value, "a");
  const next = lines.next();
  stop.abort();
  assertEquals((await within(next, "the end of the lines")).done, true);
  await within(wasCanceled, "the input to be canceled");
});

Deno.test("readLines() leaves the input open if others continue to read it", async () => {
  const { input, wasCanceled } = source("a\nb\n", { isOpen: true });
  const lines = readLines(input, new AbortController().signal, { keepsInput: true });
  assertEquals((await lines.next()).value, "a");
  await lines.return();
  const isCanceled = await Promise.race([wasCanceled.then(() => true), letGo(input)]);
  assertEquals(isCanceled, false);
});

/** A stream of a text, one byte at a time. */
function source(text: string, { isOpen = false } = {}) {
  const { promise: wasCanceled, resolve } = Promise.withResolvers<void>();
  const input = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const byte of new TextEncoder().encode(text)) controller.enqueue(Uint8Array.of(byte));
      if (!isOpen) controller.close();
    },
    cancel: () => resolve(),
  });
  return { input, wasCanceled };
}

/** Resolves with false once others can read the input. */
async function letGo(input: ReadableStream): Promise<false> {
  await poll(
    () => Promise.resolve(input.locked ? {} : { result: true }),
    "the input to be let go of",
  );
  return false;
}
