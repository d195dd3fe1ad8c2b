import type { FileCheck } from "../course/check.ts";
import { findConfigMistakes } from "./collector_config.ts";
import { type Look, met, notMet } from "./outcome.ts";

/** Checks whether a file is in the learner's folder, and is valid. */
export const lookAtFile: Look<FileCheck> = async ({ path, valid }, { folder }) => {
  try {
    const { size } = await Deno.stat(`${folder}/${path}`);
    if (valid === undefined) return met({ text: `${path} exists, ${size} bytes` });
    const mistakes = findConfigMistakes(await Deno.readTextFile(`${folder}/${path}`));
    return mistakes.length === 0
      ? met({ text: `the Collector accepts ${path}` })
      : notMet("invalid", mistakes.join("; "));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return notMet("missing", `${path} is not in ${folder}`);
  }
};
