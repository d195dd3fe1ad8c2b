import { REPOSITORY } from "../../repository.ts";
import { StartError } from "../errors.ts";

/** The workflow that alone may sign a release, and who vouches for its identity. */
const WORKFLOW = `${REPOSITORY}/.github/workflows/release.yml`;
const ISSUER = "https://token.actions.githubusercontent.com";
const OWNER_AND_NAME = new URL(REPOSITORY).pathname.slice(1);

/** The signature of `SHA256SUMS`, which is a file of the release. */
export const SIGNATURE = "SHA256SUMS.sigstore.json";

/** Files to check, in one folder. */
export interface SignedFiles {
  archive: string;
  sums: string;
  signature: string;
}

/**
 * Checks that the project's release workflow built an archive, with GitHub's tool or with that of Sigstore;
 * returns which.
 *
 * @throws {StartError} If it did not, or if neither tool is installed.
 */
export async function checkAttestation({ archive, sums, signature }: SignedFiles): Promise<string> {
  const checks: [tool: string, args: string[]][] = [
    ["gh", [
      "attestation",
      "verify",
      archive,
      `--repo=${OWNER_AND_NAME}`,
      `--signer-workflow=${OWNER_AND_NAME}/.github/workflows/release.yml`,
    ]],
    ["cosign", [
      "verify-blob",
      `--bundle=${signature}`,
      `--certificate-identity-regexp=^${RegExp.escape(WORKFLOW)}@refs/tags/v`,
      `--certificate-oidc-issuer=${ISSUER}`,
      sums,
    ]],
  ];
  for (const [tool, args] of checks) {
    const result = await runTool(tool, args);
    if (result === undefined) continue;
    if (result.success) return tool;
    throw new StartError(
      `${tool} does not confirm that the project built this release. Nothing was changed: ` +
        new TextDecoder().decode(result.stderr).trim(),
    );
  }
  throw new StartError(
    "Cannot check who built the release: install gh (https://cli.github.com) or cosign " +
      "(https://docs.sigstore.dev), or use --skip-attestation. Nothing was changed",
  );
}

/** Runs a tool; undefined if it is not installed. */
async function runTool(tool: string, args: string[]): Promise<Deno.CommandOutput | undefined> {
  try {
    return await new Deno.Command(tool, { args }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
