/** A signal to the launcher's whole process group, as systemd sends it, loses nothing on Deno. */
import { assertEquals } from "@std/assert";
import { buildPreload } from "../../helpers/builds.ts";
import { sourcesThatRun, spawn } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { inGroup, programPath, tracesTo } from "../launching.ts";
import { testOnEach } from "./launching.ts";

const SIGNALS = {
  missing: Deno.build.os === "windows" ? "no POSIX signals on Windows" : undefined,
};

/** What the program does on the signal, the signal, its exit code, and the spans that arrive. */
const ENDINGS: [ending: string, signal: Deno.Signal, code: number, spans: string[]][] = [
  ["a signal", "SIGTERM", 143, ["work"]],
  ["a signal", "SIGINT", 130, ["work"]],
  ["a listener of Deno", "SIGTERM", 7, ["work", "farewell"]],
];

for (const use of ["always", "never"]) {
  for (const [ending, signal, code, spans] of ENDINGS) {
    testOnEach(`--relay ${use}: ${signal} to the group, ${ending}`, async ({ path }) => {
      await buildPreload();
      await using receiver = startHttpReceiver();
      const words = ["auto", "--relay", use, "--", path, "run", "--quiet"];
      const program = spawn([...words, programPath("endings.ts"), ending], {
        launch: inGroup(sourcesThatRun()),
        env: { ...tracesTo(receiver.url), OTEL_BSP_SCHEDULE_DELAY: "600000" },
      });
      await program.waitFor("stdout", "ready\n");
      Deno.kill(-program.pid, signal);
      const ended = await program.end();
      assertEquals(ended.code, code, ended.stderr);
      assertEquals(receiver.spans.map(({ name }) => name), spans, ended.stderr);
    }, SIGNALS);
  }
}
