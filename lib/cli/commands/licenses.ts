import { readProgramFile } from "../../program_files.ts";
import { defineCommand } from "../command.ts";
import { StartError } from "../errors.ts";

/** `otel-kit licenses`: the licenses of all software in the executable. */
export const licenses = defineCommand({
  name: "licenses",
  flags: {},
  help: () => ({
    about: "Prints the licenses of all software that the executable contains: packages, and " +
      "the runtime with its JavaScript engine.",
    usage: "[flags]",
  }),
  async run(_, { output }) {
    const text = await readProgramFile("THIRD_PARTY_LICENSES");
    if (text === undefined) {
      throw new StartError("Cannot find the licenses: run `deno task compile` first");
    }
    output.data(new TextDecoder().decode(text).trimEnd());
    return 0;
  },
});
