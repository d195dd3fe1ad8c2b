import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** Settings that the launcher passes to the preload for Node. */
export interface NodePreloadSettings extends PreloadSettings {
  /** The `file:` URL of the package's `register`: the package that patches modules is beside it. */
  register: string;
}
