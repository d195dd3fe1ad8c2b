/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { parseMarkdown } from "../../../lib/markdown.ts";

/** Parses each text that it is sent, as a worker, which can be ended in the middle of one. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  parseMarkdown(data);
  self.postMessage("parsed");
};
