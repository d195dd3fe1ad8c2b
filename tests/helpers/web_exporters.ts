import { fileURLToPath } from "node:url";

const FOLDER = new URL("../testdata/web/", import.meta.url);

/** Versions of the web SDK's exporter. The first two send beacons by default. */
export const WEB_EXPORTERS = ["exporter-0.57", "exporter-0.205", "exporter-0.223"] as const;

/** Whether they are installed. */
export function hasWebExporters(): boolean {
  try {
    return Deno.statSync(new URL("node_modules/.package-lock.json", FOLDER)).isFile;
  } catch {
    return false;
  }
}

/** A page script that defines `sendSpan(url, name, headers?)`, with one version of the exporter. */
export async function webExporterScript(exporter: typeof WEB_EXPORTERS[number]): Promise<string> {
  // The SDK version that the exporter itself depends on; older exporters have it in their own folder.
  const sdk = `node_modules/${exporter}/node_modules/@opentelemetry/sdk-trace-base`;
  const isInside = await Deno.stat(new URL(sdk, FOLDER)).then(() => true, () => false);
  const { success, stdout, stderr } = await new Deno.Command("node_modules/.bin/esbuild", {
    args: [
      "--bundle",
      "--platform=browser",
      `--alias:exporter=${exporter}`,
      ...isInside ? [`--alias:@opentelemetry/sdk-trace-base=./${sdk}`] : [],
      "page.js",
    ],
    cwd: fileURLToPath(FOLDER),
  }).output();
  if (!success) throw new Error(`Cannot bundle it: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
