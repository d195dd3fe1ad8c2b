import { buildPreload } from "../../helpers/builds.ts";
import { DENOS, type TestedDeno } from "../../helpers/denos.ts";
import { type Condition, type Need, testIf } from "../../helpers/needs.ts";
import {
  type Finished,
  type ProgramOptions,
  type RunningProgram,
  runProgram,
  sourcesThatRun,
  spawn,
} from "../../helpers/program.ts";
import type { Receiver } from "../../helpers/receiver.ts";
import { programPath } from "../launching.ts";

/** What the tests of Deno programs need. */
export const NEEDS: readonly Need[] = ["net", "env", "read", "write", "run"];

/** A Deno program after a run under `otel-kit auto`. */
export interface Launched extends Finished {
  /** The headers of the request that the program sent to itself. */
  ownHeaders: Record<string, string>;
  /** Whether a relay was used. */
  isRelayed: boolean;
  /** The variables that the launcher reported as having no effect. */
  without: Set<string>;
}

/** Registers a test for each available version of Deno. */
export function testOnEach(
  name: string,
  test: (deno: TestedDeno) => Promise<void>,
  condition: Condition = { missing: undefined },
): void {
  const tested = DENOS.length > 0 ? DENOS : [{ path: "", version: "any" }];
  for (const deno of tested) {
    testIf(condition, NEEDS, `deno ${deno.version}: ${name}`, async () => {
      await buildPreload();
      await test(deno);
    });
  }
}

/** Runs the program that creates every kind of telemetry, with these variables, until it exits. */
export async function launch(
  deno: TestedDeno,
  env: Record<string, string>,
  ...args: string[]
): Promise<Launched> {
  return read(await runProgram(wordsFor(deno, args), optionsFor(env)));
}

/**
 * Like {@linkcode launch}, but the program keeps running until the function is done.
 *
 * @param listensFor A signal for which the program listens.
 */
export async function launchAndHold(
  deno: TestedDeno,
  env: Record<string, string>,
  use: (program: Omit<RunningProgram, "url">) => Promise<void>,
  ...listensFor: Deno.Signal[]
): Promise<Launched> {
  using hold = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const connection = hold.accept();
  const args = ["0", "0", String(hold.addr.port), ...listensFor];
  const program = spawn(wordsFor(deno, args), optionsFor(env));
  try {
    await use(program);
  } finally {
    (await connection).close();
  }
  return read(await program.end());
}

/** Sends everything to a receiver in the way that is usual for its protocol. */
export function to(receiver: Receiver, protocol = "http/protobuf"): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  };
}

function wordsFor({ path }: TestedDeno, args: string[]): string[] {
  const permissions = ["--allow-net", "--allow-env"];
  const words = [path, "run", "--quiet", ...permissions, programPath("telemetry.ts"), ...args];
  return ["auto", "--", ...words];
}

function optionsFor(env: Record<string, string>): ProgramOptions {
  return { launch: sourcesThatRun(), env };
}

function read(finished: Finished): Launched {
  const { stdout, stderr } = finished;
  const [, own = "{}"] = /^(\{"accept.*\})$/m.exec(stdout) ?? [];
  return {
    ...finished,
    ownHeaders: JSON.parse(own),
    isRelayed: stderr.includes("Relaying its telemetry"),
    without: new Set(
      [...stderr.matchAll(/Warning: (OTEL_\w+)[^:]*: no effect on deno/g)].map(([, name]) => name!),
    ),
  };
}
