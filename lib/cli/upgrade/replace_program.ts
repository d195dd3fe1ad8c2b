import { messageOf } from "../../error_message.ts";
import { StartError } from "../errors.ts";

/**
 * Puts an unpacked release into the place of the installed one, which is kept until the new executable has
 * answered there.
 *
 * @throws {StartError} If it does not answer with the version; the installed one is back in its place then.
 */
export async function replaceProgram(
  { unpacked, folder, version }: { unpacked: string; folder: string; version: string },
): Promise<void> {
  await expectVersion(`${unpacked}/otel-kit`, version);
  const old = `${folder}.old`;
  await removeIfThere(old);
  await Deno.rename(folder, old);
  try {
    await Deno.rename(unpacked, folder);
    await expectVersion(`${folder}/otel-kit`, version);
  } catch (error) {
    await removeIfThere(folder);
    await Deno.rename(old, folder);
    throw error;
  }
  await Deno.remove(old, { recursive: true });
}

async function expectVersion(executable: string, version: string): Promise<void> {
  const answer = await askVersion(executable);
  if (answer === `otel-kit ${version}`) return;
  throw new StartError(
    `Cannot use the new version: expected "otel-kit ${version}", got "${answer}". ` +
      "Nothing was changed",
  );
}

async function askVersion(executable: string): Promise<string> {
  try {
    const { stdout } = await new Deno.Command(executable, { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch (error) {
    return messageOf(error);
  }
}

async function removeIfThere(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
