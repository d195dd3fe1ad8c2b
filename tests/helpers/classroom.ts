import { dirname, join } from "node:path";
import type { Backends } from "../../lib/workshop/backends/backends.ts";
import { runHereUntil } from "./run_here.ts";
import { freePort } from "./ports.ts";

const WORKSHOP = new URL("../../lib/workshop/", import.meta.url);
const PORT_IN_FILES = /\b5000\b/g;

/** A course and a learner's folder whose apps listen on a free port, and `guide` for both. */
export interface Classroom {
  port: number;
  /** The learner's folder. */
  dir: string;
  /** The flags that lead `otel-kit guide` to all of it. */
  flags(backends: Backends): string[];
  /** Runs `otel-kit guide` with these words, in this process. */
  guide(backends: Backends, ...words: string[]): ReturnType<typeof runHereUntil>;
}

/** Copies the course into a folder, moved to a free port, and lays out the learner's folder. */
export async function openClassroom(folder: string): Promise<Classroom> {
  const port = freePort();
  const [course, dir] = [join(folder, "course"), join(folder, "mine")];
  await copyMoved(new URL("steps/", WORKSHOP), course, port);
  await copyMoved(new URL("template/", WORKSHOP), join(course, "template"), port);
  await copyMoved(new URL("template/", WORKSHOP), dir, port);
  const flags = (backends: Backends) => [
    `--course=${course}`,
    `--dir=${dir}`,
    `--progress=${join(folder, "progress.json")}`,
    `--app-url=http://127.0.0.1:${port}`,
    ...addressFlags(backends),
  ];
  return {
    port,
    dir,
    flags,
    guide: (backends, ...words) =>
      runHereUntil(new AbortController().signal, "guide", ...words, ...flags(backends)),
  };
}

/** The flags that name these servers; one collector of ours is found by its page. */
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

/** Copies a folder, with what listens in it moved to another port. */
export async function copyMoved(from: URL, to: string, port: number): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const target = join(to, name);
    if (isDirectory) await copyMoved(new URL(`${name}/`, from), target, port);
    else await copyFileMoved(new URL(name, from), target, port);
  }
}

/** Copies a file, as {@linkcode copyMoved}; texts for people stay as they are. */
export async function copyFileMoved(from: URL, to: string, port: number): Promise<void> {
  const text = await Deno.readTextFile(from);
  await Deno.mkdir(dirname(to), { recursive: true });
  const moved = /\.(yaml|md)$/.test(to) ? text : text.replaceAll(PORT_IN_FILES, String(port));
  await Deno.writeTextFile(to, moved);
}
