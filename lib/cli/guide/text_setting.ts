import { resolve } from "node:path";
import { DEFAULT_PORTS } from "../../default_ports.ts";
import { shellPath, shellWord } from "../../shell_words.ts";
import type { Backends } from "../../workshop/backends/backends.ts";
import type { Setting } from "../../workshop/course/fill_in.ts";
import { DEFAULT_APP_URL, type GivenGuideFlags, type GUIDE_FLAGS } from "./guide_flags.ts";

/** Flags of `guide` that other calls need as well, unless they are remembered with the progress. */
const SHARED_FLAGS = [
  "course",
  "progress",
  "app-url",
  "backend",
  "http-port",
  "grpc-port",
  "ui-port",
  "collector-url",
  "collector-grpc-url",
  "collector-health-url",
  "collector-metrics-url",
  "jaeger-url",
  "zipkin-url",
  "prometheus-url",
] as const satisfies readonly (keyof typeof GUIDE_FLAGS)[];

/** What the texts of a course depend on. */
export interface TextSources {
  backends: Backends;
  appUrl: string;
  /** The learner's folder, if there is one. */
  folder: string | undefined;
  /** How this program is called where the learner is. */
  command: string;
  flags: GivenGuideFlags;
  os?: typeof Deno.build.os;
}

/** The setting that the texts of a course are written for. */
export function textSetting(
  { backends, appUrl, folder, command, flags, os = Deno.build.os }: TextSources,
): Setting {
  const { isEmbedded, otlpHttpUrl, otlpGrpcUrl, kitUrl } = backends;
  const httpUrl = readable(otlpHttpUrl);
  const grpcUrl = readable(otlpGrpcUrl);
  const app = readable(appUrl);
  const portFlag = app === readable(DEFAULT_APP_URL) ? "" : ` --port ${portOf(app)}`;
  const env = httpUrl === `http://localhost:${DEFAULT_PORTS.httpPort}`
    ? ""
    : assignment(httpUrl, os);
  const run = (mode: string) =>
    folder === undefined ? `${command} serve --mode ${mode}${portFlag}` : `deno task ${mode}`;
  return {
    command,
    states: {
      embedded: isEmbedded,
      external: !isEmbedded,
      folder: folder !== undefined,
      moved: folder !== undefined && portFlag !== "",
      windows: os === "windows",
    },
    values: {
      app: app.replace(/^http:\/\//, ""),
      appUrl: app,
      runBase: run("base"),
      runManual: env + run("manual"),
      runMiddleware: env + run("middleware"),
      appPort: portOf(app),
      portFlag,
      httpPort: portOf(httpUrl),
      httpUrl,
      grpcPort: portOf(grpcUrl),
      grpcUrl,
      grpcFlags: `--exporter_otlp_endpoint ${grpcUrl}` +
        (portOf(grpcUrl) === String(DEFAULT_PORTS.grpcPort)
          ? ""
          : " --exporter_otlp_protocol grpc"),
      env,
      guideFlags: guideFlags(flags, os),
      healthUrl: readable(backends.healthUrl),
      ownMetricsUrl: readable(backends.ownMetricsUrl),
      jaegerUrl: readable(backends.jaegerUrl),
      zipkinUrl: readable(backends.zipkinUrl),
      prometheusUrl: readable(backends.prometheusUrl),
      ...kitUrl !== undefined && { pageUrl: readable(kitUrl) },
      ...folder !== undefined && { folder: shellPath(folder, os) },
    },
  };
}

/** An address as people write it. */
export function readable(url: string): string {
  return url.replace(/^(https?:\/\/)(?:127\.0\.0\.1|\[::1\])(?=[:/]|$)/, "$1localhost");
}

function portOf(url: string): string {
  const { port, protocol } = new URL(url);
  return port || (protocol === "https:" ? "443" : "80");
}

/** Sets the endpoint for one command, in the shell of an operating system. */
function assignment(url: string, os: typeof Deno.build.os): string {
  return os === "windows"
    ? `$env:OTEL_EXPORTER_OTLP_ENDPOINT = "${url}"; `
    : `OTEL_EXPORTER_OTLP_ENDPOINT=${url} `;
}

function guideFlags(flags: GivenGuideFlags, os: typeof Deno.build.os): string {
  return SHARED_FLAGS.flatMap((flag) => {
    const given = flags[flag];
    if (given === undefined) return [];
    // These commands are called in another folder.
    const isPath = flag === "course" || flag === "progress";
    return ` --${flag} ${shellWord(isPath ? resolve(given) : String(given), os)}`;
  }).join("");
}
