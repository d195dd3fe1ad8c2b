import { areGranted, type Condition } from "./needs.ts";
import { type Launch, spawn } from "./program.ts";
import { TLS_FILES } from "./tls_files.ts";

/**
 * A gRPC server of a real library. The call's `x-answer` header selects the answer. Without it, the server
 * sends an empty message; `status CODE TEXT` sends only a status; `late CODE TEXT` sends the status in
 * trailers after the headers; `restart` succeeds after GOAWAY, then the server restarts on the same port.
 * The `x-details-bin` header is returned as the status details.
 */
export interface GrpcServer extends AsyncDisposable {
  url: string;
  /** The methods called since the last time this was read, each with the message length. */
  takeCalls(): string[];
}

/** A library that provides a server. */
export interface GrpcLibrary {
  name: string;
  condition: Condition;
  launch: Launch;
}

/** The libraries. */
export const GRPC_LIBRARIES: readonly GrpcLibrary[] = [
  { name: "Python", condition: needsPython(), launch: python("grpc_server.py") },
  { name: "Java", condition: needsJava(), launch: java("GrpcServer.java") },
];

/** Starts a library's server on a free port. With TLS it requires a client certificate. */
export async function startGrpcServer(
  { launch: { command, args } }: GrpcLibrary,
  { tls = false } = {},
): Promise<GrpcServer> {
  const files = tls ? [TLS_FILES.cert, TLS_FILES.key, TLS_FILES.ca] : [];
  const program = spawn(files, { launch: { command, args } });
  const stop = async () => void await program.stop("SIGKILL");
  try {
    await program.waitFor("stdout", "Listening on ");
    await program.waitFor("stdout", "\n");
  } catch (error) {
    await stop();
    throw error;
  }
  const port = /^Listening on (\d+)/.exec(program.stdout)![1];
  let taken = 1;
  return {
    url: `${tls ? "https" : "http"}://localhost:${port}`,
    takeCalls() {
      const calls = program.stdout.split("\n").slice(taken, -1);
      taken += calls.length;
      return calls;
    },
    [Symbol.asyncDispose]: stop,
  };
}

function python(name: string): Launch {
  return { command: "python3", args: [testdata(`programs/${name}`)] };
}

function java(name: string): Launch {
  // A quick start matters more here than peak speed.
  const options = ["-XX:TieredStopAtLevel=1", "-cp", testdata("java/lib/*")];
  return { command: "java", args: [...options, testdata(`java/${name}`)] };
}

function needsPython(): Condition {
  return needs("python3 with grpcio", "python3", ["-c", "import grpc"]);
}

/** Requires Java, and the packages that Maven puts into `lib`. */
export function needsJava(): Condition {
  const packages = "java with the packages of tests/testdata/java";
  return areGranted(["read"]) && !isFolder(testdata("java/lib"))
    ? { missing: `no ${packages}` }
    : needs(packages, "java", ["--version"]);
}

function needs(what: string, command: string, args: string[]): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    const { success } = new Deno.Command(command, { args, stdout: "null", stderr: "null" })
      .outputSync();
    return { missing: success ? undefined : `no ${what}` };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { missing: `no ${what}` };
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function testdata(name: string): string {
  return new URL(`../testdata/${name}`, import.meta.url).pathname;
}
