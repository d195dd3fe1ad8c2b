import { askDenoVersion, isAtLeast } from "../../lib/launcher/deno/version.ts";
import { areGranted, type Condition } from "./needs.ts";

/** A version of Deno to run programs with. */
export interface TestedDeno {
  path: string;
  version: string;
}

/**
 * Names the versions of Deno whose telemetry is tested: paths separated as in PATH. Default: the version
 * that runs the tests.
 */
const VARIABLE = "OTEL_KIT_TEST_DENOS";

/** The versions of Deno to test programs with; empty without permission to run them. */
export const DENOS: readonly TestedDeno[] = areGranted(["env", "read", "run"])
  ? await Promise.all(pathsOf(Deno.env.get(VARIABLE)).map(identify))
  : [];

/** Requires both a version older than this one and one at least as new. */
export function needsBothSidesOf(version: string): Condition {
  const sides = new Set(DENOS.map((deno) => isAtLeast(deno.version, version)));
  return {
    missing: DENOS.length === 0 || sides.size === 2
      ? undefined
      : `name a Deno before ${version} and one since in ${VARIABLE}`,
  };
}

function pathsOf(text: string | undefined): string[] {
  if (!text) return [Deno.execPath()];
  return text.split(Deno.build.os === "windows" ? ";" : ":").filter(Boolean);
}

async function identify(path: string): Promise<TestedDeno> {
  const asked = await askDenoVersion(path, Deno.env.toObject());
  if (asked.version === undefined) throw new Error(`${VARIABLE}: "${path}": ${asked.reason}`);
  return { path, version: asked.version };
}
