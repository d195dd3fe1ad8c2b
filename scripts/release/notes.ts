/**
 * The section of a version in a changelog, without its heading; that of unreleased changes if the version has
 * none yet.
 *
 * @throws {Error} If it has neither.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`)) ??
    sections.find((text) => text.startsWith("[Unreleased]"));
  if (section === undefined) {
    throw new Error(
      `Cannot find the changes of ${version} in CHANGELOG.md: expected "## [${version}]"`,
    );
  }
  const body = section.slice(section.indexOf("\n") + 1);
  // Definitions of links at the end of the file.
  return `${body.replaceAll(/^\[[^\]]+\]: \S+$/gm, "").trim()}\n`;
}
