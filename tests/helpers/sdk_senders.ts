import { needsJava } from "./grpc_server.ts";
import type { Condition } from "./needs.ts";
import { needsProgram } from "./on_path.ts";

const SENDERS = new URL("../testdata/senders/", import.meta.url).pathname;
const JAVA = new URL("../testdata/java/", import.meta.url).pathname;

/** A program that sends a hundred of everything with the SDK of a language. */
export interface SdkSender {
  name: string;
  condition: Condition;
  ways: { protocol: string; compressions: string[] }[];
  /** Builds the program in a folder, if that is necessary. @throws {Error} If it cannot be built. */
  prepare: (folder: string) => Promise<{ command: string; args: string[] }>;
}

/** Of the languages that other tests don't run a sender of. */
export const SDK_SENDERS: readonly SdkSender[] = [
  {
    name: "Go",
    condition: needsProgram("go"),
    ways: [
      { protocol: "grpc", compressions: ["none", "gzip"] },
      { protocol: "http/protobuf", compressions: ["none", "gzip"] },
    ],
    async prepare(folder) {
      await run("go", ["build", "-o", `${folder}/sender`, "."], { cwd: `${SENDERS}go` });
      return { command: `${folder}/sender`, args: [] };
    },
  },
  {
    name: "Java",
    condition: needsJava(),
    ways: [
      { protocol: "grpc", compressions: ["none", "gzip"] },
      { protocol: "http/protobuf", compressions: ["none", "gzip"] },
    ],
    prepare: () =>
      Promise.resolve({
        command: "java",
        args: ["-XX:TieredStopAtLevel=1", "-cp", `${JAVA}lib/*`, `${JAVA}Sender.java`],
      }),
  },
  {
    name: "Rust",
    condition: needsProgram("cargo"),
    ways: [
      { protocol: "grpc", compressions: ["none", "gzip", "zstd"] },
      { protocol: "http/protobuf", compressions: ["none", "gzip", "zstd"] },
      { protocol: "http/json", compressions: ["none", "gzip", "zstd"] },
    ],
    async prepare() {
      // The dependencies take minutes to build, so the result stays.
      await run("cargo", ["build", "--quiet", "--locked"], { cwd: `${SENDERS}rust` });
      return { command: `${SENDERS}rust/target/debug/otel-kit-test-rust`, args: [] };
    },
  },
];

async function run(command: string, args: string[], options: { cwd: string }): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args, ...options }).output();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
}
