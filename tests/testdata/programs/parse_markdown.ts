/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { parseMarkdown } from "../../../lib/markdown.ts";

/** Parses each text sent to it. Runs as a worker, which can be terminated while it parses. */
self.onmessage = ({ data }: MessageEvent<string>) => {
  parseMarkdown(data);
  self.postMessage("parsed");
};
