import { type ProgramOptions, type RunningProgram, withProgram } from "./program.ts";

/** A collector running as a separate program. */
export interface RunningCollector {
  uiUrl: string;
  httpUrl: string;
  grpcUrl: string;
  program: RunningProgram;
}

/** Any free ports. */
export const ANY_PORTS = ["--http-port=0", "--grpc-port=0", "--ui-port=0"];

/** Runs a collector on free ports, with more flags if given, while the function works with it. */
export async function withCollector(
  use: (collector: RunningCollector) => Promise<void>,
  { flags = [], ...options }: ProgramOptions & { flags?: string[] } = {},
): Promise<void> {
  await withProgram(["collector", ...ANY_PORTS, ...flags], options, async (program) => {
    const endpoint = (name: string) =>
      new RegExp(`${name} +(http:\\S+)`).exec(program.stderr)?.[1] ?? "";
    const httpUrl = endpoint("OTLP/HTTP");
    const grpcUrl = endpoint("OTLP/gRPC");
    await use({ uiUrl: program.url, httpUrl, grpcUrl, program });
  });
}

/** Sends an export request with spans, and returns the status of the answer. */
export async function postSpan(
  httpUrl: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(`${httpUrl}/v1/traces`, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf", ...headers },
    body,
  });
  await response.body?.cancel();
  return response.status;
}
