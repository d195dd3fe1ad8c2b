import { assertEquals } from "@std/assert";
import { createGrpcReceiver } from "../../lib/collector/receivers/grpc_receiver.ts";
import { memoryReceiverOptions } from "../helpers/collector_store.ts";
import { withFolder } from "../helpers/folder.ts";
import { areGranted, type Condition, testIf } from "../helpers/needs.ts";
import { needsProgram } from "../helpers/on_path.ts";
import { ONE_SPAN, protobufOf } from "../helpers/otlp_requests.ts";
import { within } from "../helpers/patience.ts";

const NEEDS = ["net", "env", "read", "write", "run"] as const;
const PROGRAMS = new URL("../testdata/programs/", import.meta.url).pathname;
const NODE_MODULES = new URL("../testdata/node/node_modules", import.meta.url).pathname;
const GO = new URL("../testdata/go/", import.meta.url).pathname;

/** The requests that the programs send, and their approximate sizes. */
const REQUEST_BYTES = { small: 1000, medium: 500_000, large: 60_000_000 };

/** The service's health updates: serving, then not serving. */
const WATCHED = ["0801", "0802"];

for (
  const { name, condition, prepare } of [
    {
      name: "grpcio (Python)",
      condition: await needsModule("python3", ["-c", "import grpc"], "Python has no grpcio"),
      prepare: () => ({ command: "python3", args: [`${PROGRAMS}grpc_client.py`] }),
    },
    {
      name: "grpc-js (Node)",
      condition: await needsModule(
        "node",
        ["-e", `require("@grpc/grpc-js")`],
        "Node has no grpc-js",
      ),
      prepare: () => ({ command: "node", args: [`${PROGRAMS}grpc_client.cjs`] }),
    },
    {
      name: "grpc-go",
      condition: await needsModule("go", ["mod", "download"], "Go cannot load grpc-go"),
      prepare: buildGo,
    },
  ]
) {
  testIf(condition, NEEDS, `${name} calls the receiver in every way that it supports`, async () => {
    await withFolder(async (folder) => {
      for (const [file, bytes] of Object.entries(REQUEST_BYTES)) {
        const [spans] = ONE_SPAN.resourceSpans;
        const request = { resourceSpans: [{ ...spans, schemaUrl: "x".repeat(bytes) }] };
        await Deno.writeFile(`${folder}/${file}`, protobufOf("TracesData", request));
      }
      const options = memoryReceiverOptions();
      options.store.isKeeping = false;
      const receiver = createGrpcReceiver(options);
      await using stack = new AsyncDisposableStack();
      stack.use(receiver);
      const { command, args } = await prepare(folder);
      await using client = start(command, [...args, String(receiver.port), folder]);
      assertEquals(await client.nextLine(), {
        plain: 200,
        gzip: 200,
        large: "OK",
        "half-close": "OK",
        "after cancel": "OK",
      });
      await receiver.shutdown();
      stack.use(createGrpcReceiver({ ...options, port: receiver.port }));
      await client.write("go on\n");
      assertEquals(await client.nextLine(), { watch: WATCHED, "after goaway": "OK" });
      const accepted = options.records.filter(({ status }) => status === 0);
      const compressed = accepted.filter(({ compression }) => compression === "gzip");
      assertEquals([accepted.length >= 404, compressed.length], [true, 200]);
      assertEquals(new Set(accepted.map(({ protocol }) => protocol)), new Set(["grpc"]));
    });
  });
}

/** A program that writes lines of JSON. */
function start(command: string, args: string[]) {
  const child = new Deno.Command(command, {
    args,
    env: { NODE_PATH: NODE_MODULES },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const input = child.stdin.getWriter();
  let text = "";
  return {
    async nextLine(): Promise<unknown> {
      while (!text.includes("\n")) {
        const { done, value } = await within(lines.next(), `a line of ${command}`);
        if (done) throw new Error(`${command} has ended: ${text}`);
        text += value;
      }
      const [line, ...rest] = text.split("\n");
      text = rest.join("\n");
      return JSON.parse(line!);
    },
    write: (line: string) => input.write(new TextEncoder().encode(line)),
    async [Symbol.asyncDispose]() {
      await input.close();
      await lines.return?.();
      try {
        child.kill();
      } catch {
        // It has already ended.
      }
      await child.status;
    },
  };
}

async function buildGo(folder: string) {
  const command = `${folder}/client`;
  const { success, stderr } = await new Deno.Command("go", {
    args: ["build", "-o", command, "."],
    cwd: GO,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return { command, args: [] };
}

/** Requires the program to be installed, along with the module that these arguments load. */
async function needsModule(name: string, args: string[], reason: string): Promise<Condition> {
  const condition = needsProgram(name);
  if (condition.missing !== undefined || !areGranted(NEEDS)) return condition;
  const { success } = await new Deno.Command(name, {
    args,
    cwd: GO,
    env: { NODE_PATH: NODE_MODULES },
    stdout: "null",
    stderr: "null",
  }).output();
  return { missing: success ? undefined : reason };
}
