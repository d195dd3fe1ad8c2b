/** Runs the command in its arguments as `otel-kit auto` does, with this process's environment. */
import { listenForSignals } from "../../../lib/cli/signals.ts";
import { runCommand } from "../../../lib/launcher/run_command.ts";
import { prepareProgram } from "../../../lib/launcher/runtime.ts";
import { STANDARD_OUTPUT } from "../../../lib/cli/output.ts";

const signals = listenForSignals(Deno.exit);
const [command = "", ...args] = Deno.args;
const program = prepareProgram({ command, args, env: Deno.env.toObject() });
Deno.exit(await runCommand(program, { signals, report: STANDARD_OUTPUT.status }));
