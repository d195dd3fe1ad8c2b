/** Telemetry arrives as configured, and goes through a relay only if Deno can't send it. */
import { assert, assertEquals } from "@std/assert";
import { MISSING_WAYS } from "../../../lib/launcher/deno/sending.ts";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import type { TestedDeno } from "../../helpers/denos.ts";
import { runProgram } from "../../helpers/program.ts";
import { programPath } from "../launching.ts";
import { launch, testOnEach } from "./launching.ts";
import { MISSING_WAY_TRIALS, OWN_WAYS, type Trial } from "./ways.ts";

for (const [name, trial] of Object.entries(OWN_WAYS)) {
  testOnEach(`${name} arrives`, async (deno) => {
    const { isRelayed, finished, isAsMeant } = await tryOut(trial, deno);
    assert(isAsMeant, finished.stderr);
    assertEquals(isRelayed, !isAtLeast(deno.version, trial.since), finished.stderr);
  });
}

for (const [name, trial] of Object.entries(MISSING_WAY_TRIALS)) {
  const { does, until } = MISSING_WAYS[name as keyof typeof MISSING_WAY_TRIALS] as {
    does: string;
    until?: string;
  };
  const can = ({ version }: TestedDeno) => until !== undefined && isAtLeast(version, until);

  testOnEach(`${name} arrives, by a relay if necessary`, async (deno) => {
    const { isRelayed, finished, isAsMeant } = await tryOut(trial, deno);
    assert(isAsMeant, finished.stderr);
    assertEquals(isRelayed, !can(deno), finished.stderr);
  });

  testOnEach(`by itself it ${does}${until ? ` before ${until}` : ""}`, async (deno) => {
    await using receiver = await trial.start();
    const finished = await runProgram([], {
      launch: { command: deno.path, args: ["run", "--quiet", "-A", programPath("telemetry.ts")] },
      env: { OTEL_DENO: "true", ...trial.variables(receiver) },
    });
    assertEquals(trial.isAsMeant(receiver, finished), can(deno), finished.stderr);
  });
}

/** Sends through the launcher. */
async function tryOut({ start, variables, isAsMeant }: Trial, deno: TestedDeno) {
  await using receiver = await start();
  const finished = await launch(deno, variables(receiver));
  assertEquals(finished.code, 0, finished.stderr);
  for (const { headers } of receiver.requests) {
    assertEquals(/^otel-kit/.test(headers["user-agent"]!), finished.isRelayed);
  }
  return { finished, isRelayed: finished.isRelayed, isAsMeant: isAsMeant(receiver, finished) };
}
