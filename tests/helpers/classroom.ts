import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Backends } from "../../lib/workshop/backends/backends.ts";
import { runHereUntil } from "./run_here.ts";
import { freePort } from "./ports.ts";

const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const INSTRUMENTATION = new URL("../../lib/instrumentation/", import.meta.url);
const PORT_IN_FILES = /\b5000\b/g;

/** A course, a learner's folder whose apps listen on a free port, and a `guide` that uses both. */
export interface Classroom {
  port: number;
  /** The learner's folder. */
  dir: string;
  progressFile: string;
  /** The flags that point `otel-kit guide` to the course and the folder. */
  flags(backends: Backends): string[];
  /** Runs `otel-kit guide` with these arguments in this process. */
  guide(backends: Backends, ...words: string[]): ReturnType<typeof runHereUntil>;
}

/** Copies the course into a folder with a free port, and sets up the learner's folder. */
export async function openClassroom(folder: string): Promise<Classroom> {
  const port = freePort();
  const [course, dir] = [join(folder, "course"), join(folder, "mine")];
  const progressFile = join(folder, "progress.json");
  await copyMoved(new URL("steps/", WORKSHOP), course, port);
  await copyMoved(new URL("template/", WORKSHOP), join(course, "template"), port);
  await copyTemplate(dir, port);
  const flags = (backends: Backends) => [
    `--course=${course}`,
    `--dir=${dir}`,
    `--progress=${progressFile}`,
    `--app-url=http://127.0.0.1:${port}`,
    ...addressFlags(backends),
  ];
  return {
    port,
    dir,
    progressFile,
    flags,
    guide: (backends, ...words) =>
      runHereUntil(new AbortController().signal, "guide", ...words, ...flags(backends)),
  };
}

/** The flags for these servers. A collector of ours is identified by its page. */
function addressFlags(backends: Backends): string[] {
  if (backends.isEmbedded) return [`--ui-port=${new URL(backends.jaegerUrl).port}`];
  const { otlpHttpUrl, otlpGrpcUrl, healthUrl, ownMetricsUrl } = backends;
  return [
    `--collector-url=${otlpHttpUrl}`,
    `--collector-grpc-url=${otlpGrpcUrl}`,
    `--collector-health-url=${healthUrl}`,
    `--collector-metrics-url=${ownMetricsUrl}`,
    `--jaeger-url=${backends.jaegerUrl}`,
    `--zipkin-url=${backends.zipkinUrl}`,
    `--prometheus-url=${backends.prometheusUrl}`,
  ];
}

/** Sets up a learner's folder as `workshop init` does, with the listeners on another port. */
export async function copyTemplate(to: string, port: number): Promise<void> {
  await copyMoved(new URL("template/", WORKSHOP), to, port);
  await cp(INSTRUMENTATION, join(to, "instrumentation"), {
    recursive: true,
    filter: (path) => !path.endsWith("deno.json"),
  });
}

/** Copies a folder and moves its listeners to another port. */
export async function copyMoved(from: URL, to: string, port: number): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const target = join(to, name);
    if (isDirectory) await copyMoved(new URL(`${name}/`, from), target, port);
    else await copyFileMoved(new URL(name, from), target, port);
  }
}

/** Copies a file as {@linkcode copyMoved} does, but leaves texts for people unchanged. */
export async function copyFileMoved(from: URL, to: string, port: number): Promise<void> {
  const text = await Deno.readTextFile(from);
  await Deno.mkdir(dirname(to), { recursive: true });
  const moved = /\.(yaml|md)$/.test(to) ? text : text.replaceAll(PORT_IN_FILES, String(port));
  await Deno.writeTextFile(to, moved);
}
