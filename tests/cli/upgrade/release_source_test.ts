import { assertEquals, assertThrows } from "@std/assert";
import { checkSum, findArchive } from "../../../lib/cli/upgrade/release_source.ts";
import { StartError } from "../../../lib/cli/errors.ts";
import { checksums } from "../../../scripts/release/sums.ts";
import { archiveName, TARGETS } from "../../../scripts/release/targets.ts";

const BYTES = new TextEncoder().encode("an archive");
const VERSION = "1.2.3-rc.1";
const SUMS = checksums(
  new Map(TARGETS.flatMap((target) => [
    [archiveName(VERSION, target), BYTES],
    [`npm/otel-kit-${target.name}-${VERSION}.tgz`, BYTES],
  ])),
);

Deno.test("findArchive() finds the archive of each Unix system, as the release names it", () => {
  for (
    const [os, arch, target] of [
      ["linux", "x86_64", "linux-x64"],
      ["linux", "aarch64", "linux-arm64"],
      ["darwin", "x86_64", "darwin-x64"],
      ["darwin", "aarch64", "darwin-arm64"],
    ] as const
  ) {
    const { name, version } = findArchive(SUMS, { ...Deno.build, os, arch });
    assertEquals([name, version], [`otel-kit-${VERSION}-${target}.tar.gz`, VERSION]);
  }
});

Deno.test("findArchive() throws if the release has none for this system", () => {
  assertThrows(() => findArchive(SUMS, { ...Deno.build, os: "windows" }), StartError);
  assertThrows(() => findArchive(""), StartError, "the release has no archive for");
});

Deno.test("checkSum() throws if the bytes are others", () => {
  const archive = findArchive(SUMS, { ...Deno.build, os: "linux" });
  checkSum(BYTES, archive);
  assertThrows(
    () => checkSum(BYTES.subarray(1), archive),
    StartError,
    "Wrong checksum of otel-kit",
  );
});
