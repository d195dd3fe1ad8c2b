/** What `deno compile` appends ends with this, and a few numbers: of what, and of how much. */
const TRAILER = "d3n0l4nd";
const TRAILER_BYTES = 24;

/** What describes the program stands in front. */
const DESCRIPTION_BYTES = 1024 * 1024;

/** A program that `deno compile` has made. */
export interface CompiledByDeno {
  /** Whether it records, which is settled when it is compiled: OTEL_DENO is not read later. */
  isRecording: boolean;
}

/**
 * Looks whether a file is a program that `deno compile` has made; undefined if it is none.
 *
 * @see https://github.com/denoland/deno/blob/v2.7.11/cli/lib/standalone/binary.rs
 */
export function compiledByDeno(path: string): CompiledByDeno | undefined {
  try {
    using file = Deno.openSync(path);
    const { size } = file.statSync();
    if (size < TRAILER_BYTES) return undefined;
    const trailer = read(file, size - TRAILER_BYTES, TRAILER_BYTES);
    if (!new TextDecoder().decode(trailer).startsWith(TRAILER)) return undefined;
    const appended = Number(new DataView(trailer.buffer).getBigUint64(TRAILER_BYTES - 8, true));
    const start = size - TRAILER_BYTES - appended;
    const description = new TextDecoder().decode(read(file, start, DESCRIPTION_BYTES));
    return { isRecording: /"(?:tracing|metrics)_enabled":true/.test(description) };
  } catch {
    return undefined; // what cannot be read can still be run
  }
}

function read(file: Deno.FsFile, start: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  file.seekSync(start, Deno.SeekMode.Start);
  return bytes.subarray(0, file.readSync(bytes) ?? 0);
}
