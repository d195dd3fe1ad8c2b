import { REPOSITORY } from "../../repository.ts";
import { VERSION } from "../../version.ts";
import { defineCommand } from "../command.ts";
import type { FlagTable } from "../flags/flags.ts";

const LATEST = `${REPOSITORY}/releases/latest/download`;

const FLAGS = {
  from: {
    placeholder: "URL",
    nonEmpty: true,
    help: "Take the files of the release from here (default: the newest release)",
  },
  "skip-attestation": { help: "Do not check who built the release, only its checksum" },
} as const satisfies FlagTable;

/** `otel-kit upgrade`: replaces the program, or prints what does. */
export const upgrade = defineCommand({
  name: "upgrade",
  flags: FLAGS,
  help: () => ({
    usage: "[flags]",
    about:
      "Prints how this copy was installed, and what upgrades it. If install.sh installed it, " +
      "upgrades it: checks the checksum, and, with gh or cosign, that the project built the " +
      "release. The old version is kept until the new one works. No other command looks for " +
      "new versions, and none reports anything to the project.",
  }),
  async run({ flags }, { output }) {
    const { describeInstallation, readInstallation } = await import(
      "../upgrade/read_installation.ts"
    );
    const installation = await readInstallation();
    output.data(`otel-kit ${VERSION}, installed ${describeInstallation(installation)}`);
    if (!("prefix" in installation)) {
      output.data(`To upgrade it: ${adviceFor(installation)}`);
      return 0;
    }
    const { upgradeProgram } = await import("../upgrade/upgrade_program.ts");
    const version = await upgradeProgram({
      folder: installation.folder,
      prefix: installation.prefix,
      from: flags.from?.replace(/\/$/, "") ?? LATEST,
      isAttestationSkipped: flags["skip-attestation"],
      report: output.status,
    });
    output.data(version === VERSION ? "This is the newest version" : `Upgraded to ${version}`);
    return 0;
  },
});

function adviceFor(installation: { by: string; command?: string }): string {
  if (installation.command !== undefined) return installation.command;
  switch (installation.by) {
    case "sources":
      return "git pull";
    case "install.ps1":
      return `irm ${LATEST}/install.ps1 | iex`;
    default:
      return `download it from ${REPOSITORY}/releases`;
  }
}
