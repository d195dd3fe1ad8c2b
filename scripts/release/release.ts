import type { Build } from "../program/build.ts";
import type { BundledPackage } from "../program/bundled_packages.ts";
import type { Target } from "./targets.ts";

/** An executable that was built. */
export interface BuiltTarget {
  target: Target;
  executable: Uint8Array<ArrayBuffer>;
}

/** What the files of a release are made from. */
export interface Release extends Build {
  built: readonly BuiltTarget[];
  packages: readonly BundledPackage[];
  thirdPartyLicenses: string;
}
