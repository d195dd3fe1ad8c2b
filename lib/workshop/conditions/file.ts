import { findConfigMistakes } from "../collector_config/mistakes.ts";
import { askRealCollector } from "../collector_config/real_collector.ts";
import { lookAtRules } from "./rules.ts";
import type { FileCheck } from "../course/check.ts";
import { type Finding, type Look, met, notMet } from "./outcome.ts";

/** Checks whether a file is in the learner's folder, and is valid. */
export const lookAtFile: Look<FileCheck> = async (check, { folder, backends }) => {
  const { path, valid } = check;
  try {
    const { size } = await Deno.stat(`${folder}/${path}`);
    if (valid === undefined) return met({ text: `${path} exists, ${size} bytes` });
    if (valid === "prometheus-rules") {
      return await lookAtRules(await Deno.readTextFile(`${folder}/${path}`), backends);
    }
    return await lookAtConfig(check, `${folder}/${path}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return notMet("missing", `${path} is not in ${folder}`);
  }
};

/** By the course's own rules, and by the Collector's if it is installed. */
async function lookAtConfig(
  { path, traces, uses }: FileCheck,
  file: string,
): Promise<Finding> {
  const mistakes = findConfigMistakes(await Deno.readTextFile(file), {
    ...traces && { destinations: traces },
    ...uses && { uses },
  });
  if (mistakes.length > 0) return notMet("invalid", mistakes.join("; "));
  const real = await askRealCollector(file);
  if (real?.mistake !== undefined) {
    return notMet("invalid", `${real.program} on this machine refuses it: ${real.mistake}`);
  }
  return met({
    text: real
      ? `${real.program} on this machine accepts ${path}`
      : `the Collector accepts ${path}`,
  });
}
