import { delimiter, join } from "node:path";
import { findUpwards, namesIn, textOf } from "../files.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import type { Program } from "../run_command.ts";

const GEM = "opentelemetry-auto-instrumentation";

/** The gem's line in Gemfile.lock. */
const LOCKED = new RegExp(`^ +${GEM} \\(`, "m");

/** The folders for gems, below a gem home or the user's folder. */
const GEM_FOLDERS = /^(ruby|gems|\d[\d.]*)$/;

/** Preloads the gem that instruments automatically, if it is installed. */
export function switchOnRuby(program: Program, cwd: string): PreparedProgram {
  const { command, env } = program;
  const common = { ...program, runtime: "ruby" as const, warnings: [] };
  if (env.RUBYOPT?.includes(GEM)) {
    return { ...common, did: `Running "${command}" with RUBYOPT, as given` };
  }
  if (!isLocked(cwd) && !gemFolders(env).some(hasGem)) {
    return {
      ...common,
      did:
        `Running "${command}" with the settings in its environment alone: the gem ${GEM} is not ` +
        `installed. To instrument it: gem install ${GEM}`,
    };
  }
  return {
    ...common,
    env: { ...env, RUBYOPT: [`-r${GEM}`, env.RUBYOPT].filter(Boolean).join(" ") },
    did: `Running "${command}" with the gem ${GEM}`,
  };
}

function isLocked(cwd: string): boolean {
  return LOCKED.test(textOf(findUpwards(cwd, "Gemfile.lock") ?? ""));
}

function gemFolders({ GEM_HOME, GEM_PATH = "", HOME }: Program["env"]): string[] {
  return [
    ...GEM_HOME ? [GEM_HOME] : [],
    ...GEM_PATH.split(delimiter).filter(Boolean),
    ...HOME ? [join(HOME, ".gem"), join(HOME, ".local/share/gem")] : [],
    "/var/lib/gems",
    "/usr/local/bundle",
    "/usr/local/lib/ruby",
  ];
}

/** Whether the gem is in a gem folder, or in a folder for a version of Ruby below it. */
function hasGem(folder: string): boolean {
  return namesIn(folder).some((name) =>
    name.startsWith(`${GEM}-`) || (GEM_FOLDERS.test(name) && hasGem(join(folder, name)))
  );
}
