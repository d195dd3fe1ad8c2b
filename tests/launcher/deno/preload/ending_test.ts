/** However a Deno program ends, it ends as it would without the launcher, and its telemetry arrives. */
import { assert, assertEquals } from "@std/assert";
import { isAtLeast } from "../../../../lib/launcher/deno/version.ts";
import type { TestedDeno } from "../../../helpers/denos.ts";
import { spawn } from "../../../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../../../helpers/receiver.ts";
import { programPath } from "../../launching.ts";
import { testOnEach } from "../launching.ts";

const SIGNALS = {
  missing: Deno.build.os === "windows" ? "no POSIX signals on Windows" : undefined,
};

/** What ends the program, its exit code, and the spans that arrive. */
const ENDINGS: [ending: string, signal: Deno.Signal | undefined, code: number, spans: string[]][] =
  [
    ["Deno.exit", undefined, 3, ["work"]],
    ["process.exit", undefined, 4, ["work"]],
    ["process.exitCode", undefined, 5, ["work"]],
    ["an uncaught error", undefined, 1, ["work"]],
    ["an unhandled rejection", undefined, 1, ["work"]],
    ["the event loop's end", undefined, 0, ["work"]],
    ["a signal to itself", undefined, 143, ["work"]],
    ["a signal", "SIGTERM", 143, ["work"]],
    ["a signal", "SIGINT", 130, ["work"]],
    ["a signal", "SIGHUP", 129, ["work"]],
    ["a listener of Deno", "SIGTERM", 7, ["work", "farewell"]],
    ["a listener of Node", "SIGTERM", 8, ["work", "farewell"]],
    ["a listener that stops the loop", "SIGTERM", 0, ["work", "farewell"]],
    ["a listener that gives way", "SIGTERM", 143, ["work", "farewell"]],
  ];

for (const [ending, signal, code, spans] of ENDINGS) {
  testOnEach(`${ending} ${signal ?? ""} loses nothing`, async (deno) => {
    await using receiver = startHttpReceiver();
    const ended = await run(deno, receiver, ending, signal ? [signal] : []);
    assertEquals(ended.code, code, ended.stderr);
    assertEquals(receiver.spans.map(({ name }) => name), spans, ended.stderr);
  }, SIGNALS);
}

testOnEach("a signal that arrives twice ends it once, and loses nothing", async (deno) => {
  await using receiver = startHttpReceiver();
  const ended = await run(deno, receiver, "a signal", ["SIGTERM", "SIGTERM"]);
  assertEquals([ended.code, receiver.spans.length], [143, 1], ended.stderr);
}, SIGNALS);

testOnEach("without our preload, a signal loses telemetry before 2.9.2", async (deno) => {
  await using receiver = startHttpReceiver();
  const ended = await run(deno, receiver, "a signal to itself", [], false);
  assertEquals(ended.code, 143);
  assert(receiver.spans.length === 0 || isAtLeast(deno.version, "2.9.2"), ended.stderr);
}, SIGNALS);

/** Runs the program until it exits because of the signals. */
async function run(
  { path }: TestedDeno,
  receiver: Receiver,
  ending: string,
  signals: readonly Deno.Signal[],
  hasOurPart = true,
) {
  const ours = hasOurPart ? ["--preload", programPath("flush_before_signals.ts")] : [];
  const program = spawn([programPath("endings.ts"), ending], {
    launch: { command: path, args: ["run", "--quiet", "--allow-run", ...ours] },
    env: {
      OTEL_DENO: "true",
      OTEL_DENO_CONSOLE: "ignore",
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    },
  });
  if (signals.length > 0) {
    await program.waitFor("stdout", "ready\n");
    for (const signal of signals) program.signal(signal);
  }
  return await program.end();
}
