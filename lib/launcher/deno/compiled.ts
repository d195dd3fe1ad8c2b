/** The end of the data that `deno compile` appends, followed by a few numbers: offsets and lengths. */
const TRAILER = "d3n0l4nd";
const TRAILER_BYTES = 24;

/** The metadata of the program comes first. */
const DESCRIPTION_BYTES = 1024 * 1024;

/** An executable from `deno compile`. */
export interface CompiledByDeno {
  /** Whether it records telemetry, which is decided when it is compiled: OTEL_DENO is not read later. */
  isRecording: boolean;
}

/**
 * Checks whether a file is an executable from `deno compile`; undefined if it isn't.
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
    return undefined; // an unreadable file can still be run
  }
}

function read(file: Deno.FsFile, start: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  file.seekSync(start, Deno.SeekMode.Start);
  return bytes.subarray(0, file.readSync(bytes) ?? 0);
}
