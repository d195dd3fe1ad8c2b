// cspell:ignore Vali
import { parse } from "yaml";
import * as v from "valibot";

/** A phrase to avoid. */
export interface StyleRule {
  find: RegExp;
  /** What to write instead. */
  use: string;
}

const RULES = v.array(v.strictObject({ find: v.string(), use: v.string() }));

/**
 * Reads the rules of a style from YAML.
 *
 * @throws {v.ValiError} If a rule has keys other than `find` and `use`.
 */
export function readStyle(yaml: string): StyleRule[] {
  return v.parse(RULES, parse(yaml)).map(({ find, use }) => ({
    find: new RegExp(`(?<![\\w-])(?:${find})(?![\\w-])`, "gi"),
    use,
  }));
}
