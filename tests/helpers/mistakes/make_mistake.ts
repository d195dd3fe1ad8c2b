import { assert } from "@std/assert";
import { join } from "node:path";
import type { Backends } from "../../../lib/workshop/backends/backends.ts";
import { readCourse } from "../../../lib/workshop/course/read_course.ts";
import { readProgress, writeProgress } from "../../../lib/workshop/progress/progress_file.ts";
import { type Classroom, copyFileMoved } from "../classroom.ts";
import { poll } from "../poll.ts";
import { closedUrl } from "../ports.ts";
import { type RunningProgram, sourcesThatRun, spawn } from "../program.ts";
import type { Mistake } from "./mistake.ts";

const STEPS = new URL("../../../lib/workshop/steps/", import.meta.url);
const PERMISSIONS = ["net", "env", "read", "sys"].map((name) => `--allow-${name}`);

/** What runs because of a mistake. */
export interface Running extends AsyncDisposable {
  app?: Pick<RunningProgram, "stop">;
}

/** Does what the learner did, and sends requests. */
export async function makeMistake(
  mistake: Mistake,
  room: Classroom,
  backends: Backends,
): Promise<Running> {
  const { runs, auto, isTaken, isWrong, misses, file } = mistake;
  if (isTaken) return holdWithoutHttp(room.port);
  if (isWrong) await answerWrongly(room);
  await placeFiles(mistake, room);
  if (misses !== undefined) await lose(misses, room);
  if (runs || auto) return await startApp(mistake, room, backends);
  assert(mistake.edit === undefined || file !== undefined, "the edited file isn't named");
  return { async [Symbol.asyncDispose]() {} };
}

/** Copies the files of the solution, and edits the last one. */
async function placeFiles({ runs, file, edit }: Mistake, { dir, port }: Classroom): Promise<void> {
  for (const name of [runs, file]) {
    // The learner's folder contains it.
    if (name === undefined || name === "base.ts") continue;
    await copyFileMoved(new URL(`solution/${name}`, STEPS), join(dir, name), port);
  }
  const edited = file ?? runs;
  if (!edit || edited === undefined) return;
  const path = join(dir, edited);
  const before = await Deno.readTextFile(path);
  const after = before.replace(...edit);
  assert(after !== before, `${edit[0]} is not in ${edited}`);
  await Deno.writeTextFile(path, after);
}

async function answerWrongly({ progressFile }: Classroom): Promise<void> {
  const { progress } = await readProgress(progressFile);
  const [course] = Object.values(progress.courses);
  for (const { id } of (await readCourse(STEPS)).quiz) course!.answers[id] = false;
  await writeProgress(progressFile, progress);
}

/** Removes a file. One of the compose files is missing after the others were written. */
async function lose(path: string, { dir }: Classroom): Promise<void> {
  if (!path.startsWith("collector-demo/")) return await Deno.remove(join(dir, path));
  await Deno.mkdir(join(dir, "collector-demo"));
  for (const name of ["docker-compose.yaml", "otel-collector-config.yaml"]) {
    await Deno.writeTextFile(join(dir, "collector-demo", name), "");
  }
}

async function startApp(
  mistake: Mistake,
  { port, dir }: Classroom,
  backends: Backends,
): Promise<Running> {
  const { runs, auto, env = {}, endsAtOnce, paths } = mistake;
  const lab = mistake.lab && await startLab(mistake.lab, dir, backends);
  const real = (text: string) => text.replace("GRPC", backends.otlpGrpcUrl);
  const endpoint = lab?.url ?? backends.otlpHttpUrl;
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...env };
  const variables = {
    OTEL_BSP_SCHEDULE_DELAY: "100",
    OTEL_BLRP_SCHEDULE_DELAY: "100",
    OTEL_METRIC_EXPORT_INTERVAL: "100",
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, real(value)])),
  };
  const command = ["run", "--cached-only", ...PERMISSIONS, `${dir}/${runs}`];
  const launch = auto ? sourcesThatRun() : { command: Deno.execPath(), args: command };
  const launched = runs ? ["--", Deno.execPath(), ...command] : [`--port=${port}`];
  const words = auto ? ["auto", ...auto.map(real), ...launched] : [];
  const app = spawn(words, { env: variables, launch, cwd: dir });
  const running = {
    app,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await lab?.program.stop();
    },
  };
  await using stack = new AsyncDisposableStack();
  stack.use(running);
  if (endsAtOnce) await app.end();
  else await sendRequests(port, paths);
  stack.move();
  return running;
}

/** The learner's Collector. Its backend is down. */
async function startLab(
  { from, file = "lab/collector.yaml", edit = ["", ""] }: NonNullable<Mistake["lab"]>,
  dir: string,
  { otlpHttpUrl }: Backends,
) {
  const before = await Deno.readTextFile(new URL(`solution/${from}`, STEPS));
  assert(before.includes(edit[0]), `${edit[0]} is not in ${from}`);
  const after = before.replace(...edit).replace("interval: 1000", "interval: 100");
  await Deno.writeTextFile(`${dir}/${file}`, after);
  const program = spawn(["lab", "--config", `${dir}/${file}`], {
    env: {
      LAB_PORT: "0",
      BACKEND_PORT: new URL(closedUrl()).port,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpHttpUrl,
    },
  });
  await program.waitFor("stderr", "Ctrl-C\n");
  return { program, url: /Listening on (http:\S+)\//.exec(program.stderr)?.[1] ?? "" };
}

/** Requests that every exercise has routes for, and more. */
async function sendRequests(port: number, paths: readonly string[] = []): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  await poll(async () => {
    try {
      await (await fetch(url)).text();
      return { result: true };
    } catch (error) {
      return { answer: String(error) };
    }
  }, "the app");
  await (await fetch(`${url}/error`)).text();
  for (const path of paths) await (await fetch(url + path)).text();
}

/** A program that hangs up on everyone. */
function holdWithoutHttp(port: number): Running {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const serving = (async () => {
    for await (const connection of listener) connection.close();
  })().catch(() => {});
  return {
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
}
