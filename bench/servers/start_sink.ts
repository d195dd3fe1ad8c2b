import { fromSources, type RunningProgram } from "../../tests/helpers/program.ts";
import { startServer } from "./start_server.ts";

/** Starts a receiver that counts what it gets by path, and keeps nothing; the stack stops it. */
export async function startSink(stack: AsyncDisposableStack): Promise<RunningProgram> {
  return await startServer([], { launch: fromSources("bench/servers/sink.ts") }, stack);
}
