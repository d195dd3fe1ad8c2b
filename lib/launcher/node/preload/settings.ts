import type { PreloadSettings } from "../../deno/preload/settings.ts";

/** What the launcher tells the preload for Node. */
export interface NodePreloadSettings extends PreloadSettings {
  /** The `file:` URL of the package's `register`: beside it is what patches modules. */
  register: string;
}
