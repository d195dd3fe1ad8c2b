import { basename } from "node:path";
import { compiledByDeno } from "../deno/compiled.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

/** How much of a file is read: the note of a Go program follows the segment headers. */
const HEAD_BYTES = 8192;

/** The first bytes of executables on Linux, macOS (single and universal), and Windows. */
const EXECUTABLES = ["\x7fELF", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "MZ"];

/** The mark of Go's linker: a note in ELF files, elsewhere a text before the code. */
const GO = /Go\0\0|\xff Go build ID: "/;

/** Programs that start the actual program, which finds the settings in its environment. */
const STARTERS =
  /^(ba|da|z|k|fi|c|tc)?sh$|^(busybox|env|make|nice|nohup|setsid|sudo|time|timeout|xargs)$/;

const RECORDING_DENO = "a Deno program, compiled with its telemetry on";

const SILENT_DENO =
  "a Deno program that was compiled without telemetry, which can't be turned on later. " +
  "Compile it with otel-kit auto -- deno compile, or with OTEL_DENO=true";

/**
 * Runs a program of unknown kind with the settings in its environment. If it is compiled, it must contain an
 * SDK, and a message says so.
 */
export function describeCompiled(program: Program, path: string): PreparedProgram {
  const { command } = program;
  const did = `Running "${command}" with the settings in its environment`;
  return { ...program, runtime: "other", did: `${did}${needOf(path)}`, warnings: [] };
}

function needOf(path: string): string {
  if (STARTERS.test(basename(path, ".exe"))) return "";
  const ofDeno = compiledByDeno(path);
  if (ofDeno) return `: it is ${ofDeno.isRecording ? RECORDING_DENO : SILENT_DENO}`;
  const head = headOf(path);
  if (!EXECUTABLES.some((start) => head.startsWith(start))) return "";
  if (GO.test(head)) {
    return ": it is a Go program, which needs OpenTelemetry's SDK for Go in it, or on Linux beside " +
      "it, as root, opentelemetry-go-instrumentation";
  }
  return ": it is compiled, and uses them only if it contains an OpenTelemetry SDK";
}

/** The start of the file, as one character per byte. */
function headOf(path: string): string {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(HEAD_BYTES);
    const length = file.readSync(bytes) ?? 0;
    return new TextDecoder("latin1").decode(bytes.subarray(0, length));
  } catch {
    return ""; // an unreadable file can still be run
  }
}
