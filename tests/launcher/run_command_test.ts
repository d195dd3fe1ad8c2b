import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../helpers/needs.ts";
import { type Finished, runProgram, withProgram } from "../helpers/program.ts";
import { inGroup, inShell, launcher } from "./launching.ts";

const NEEDS = ["env", "read", "write", "run", "shell", "signals", "modes"] as const;

function launch(...words: string[]): Promise<Finished> {
  return runProgram(words, { launch: launcher() });
}

/** Runs the function with a file that has this content and mode. */
async function withFile<T>(
  content: string,
  mode: number,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, content);
    await Deno.chmod(path, mode);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

testWith(
  ["env", "read", "run"],
  "run: a missing command exits with 127, and lists where it was searched",
  async () => {
    const onPath = await launch("nosuchcmd");
    assertEquals(onPath.code, 127);
    assertEquals(
      onPath.stderr,
      'Cannot run "nosuchcmd": there is no such command on PATH\n',
    );
    const file = await launch("./no/such/file");
    assertEquals(file.code, 127);
    assertEquals(file.stderr, 'Cannot run "./no/such/file": there is no such file\n');
  },
);

testWith(
  NEEDS,
  "run: a file that cannot be run exits with 126, and explains what to do",
  async () => {
    const folder = await launch("/");
    assertEquals(folder.code, 126);
    assertStringIncludes(folder.stderr, 'Cannot run "/": it is a folder');

    const cases: [content: string, mode: number, said: RegExp][] = [
      ["echo", 0o600, /the file is not executable. Run chmod \+x "\S+", or name its interpreter/],
      ["#!/no/such/interpreter\n", 0o700, /the interpreter in its first line is missing/],
    ];
    for (const [content, mode, said] of cases) {
      const { code, stderr } = await withFile(content, mode, (path) => launch(path));
      assertEquals(code, 126);
      assertMatch(stderr, said);
    }
  },
);

testWith(NEEDS, "run: a script without an interpreter line is run by a shell", async () => {
  const { code, stdout } = await withFile(
    'echo "$1"; exit 3',
    0o700,
    (path) => launch(path, "two words"),
  );
  assertEquals({ code, stdout }, { code: 3, stdout: "two words\n" });
  assertEquals((await withFile("", 0o700, (path) => launch(path))).code, 0);
});

testWith(NEEDS, "run: the exit code is the program's, 128 + n after signal n", async () => {
  assertEquals((await launch("sh", "-c", "exit 7")).code, 7);
  assertEquals((await launch("sh", "-c", "kill -KILL $$")).code, 137);
  assertEquals((await launch("sh", "-c", "kill -TERM $$")).code, 143);
});

testWith(NEEDS, "run: the environment is exactly the given one", async () => {
  const env = { PATH: Deno.env.get("PATH")!, OTEL_SERVICE_NAME: "shop" };
  const words = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const { args: [, ...options], command } = launcher();
  const launch = inShell('exec env -i "$@"', ...words, command, "run", ...options);
  const { stdout } = await runProgram(["env"], { launch });
  assertEquals(stdout.trim().split("\n").sort(), words.sort());
});

testWith(NEEDS, "run: standard input, output, and error are passed through", async () => {
  const { command, args } = launcher();
  const launch = inShell('printf hello | "$@"', command, ...args);
  const { stdout, stderr } = await runProgram(["sh", "-c", "cat; echo said >&2"], { launch });
  assertEquals({ stdout, stderr }, { stdout: "hello", stderr: "said\n" });
});

const LISTENING = "Listening on http://none/";

for (const signal of ["INT", "TERM", "HUP", "QUIT", "USR1", "USR2"] as const) {
  testWith(
    NEEDS,
    `run: SIG${signal} is forwarded, and the program decides what to do`,
    async () => {
      // Between fork and exec of `sleep`, the child still has the shell's trap and loses a TERM.
      const script = `trap 'echo got ${signal}; kill -KILL $!; exit 5' ${signal}
        sleep 60 & echo '${LISTENING}' >&2; wait`;
      const options = { launch: launcher(), ready: `${LISTENING}\n` };
      await withProgram(["sh", "-c", script], options, async (program) => {
        const { code, stdout } = await program.stop(`SIG${signal}`);
        assertEquals({ code, stdout }, { code: 5, stdout: `got ${signal}\n` });
      });
    },
  );
}

testWith(
  NEEDS,
  "run: it stays until the program has ended, however many signals arrive",
  async () => {
    const script = `n=0
    trap 'n=$((n + 1)); echo got $n >&2; [ $n -lt 3 ] || { kill -KILL $!; exit 0; }' INT
    sleep 60 & echo '${LISTENING}' >&2; while :; do wait; done`;
    const options = { launch: launcher(), ready: `${LISTENING}\n` };
    await withProgram(["sh", "-c", script], options, async (program) => {
      for (const n of [1, 2]) {
        program.signal("SIGINT");
        await program.waitFor("stderr", `got ${n}\n`);
      }
      assertEquals((await program.stop("SIGINT")).code, 0);
    });
  },
);

/** The recipients of a signal: a process group, or, with `timeout`, its child and then the group. */
const SENDERS = [{ sender: "a group", toChild: false }, { sender: "timeout", toChild: true }];

for (const { sender, toChild } of SENDERS) {
  for (const signal of ["INT", "TERM", "HUP"] as const) {
    testWith(NEEDS, `run: SIG${signal} to all, as from ${sender}, arrives once`, async () => {
      const script = `n=0; trap 'n=$((n + 1)); echo "got $n" >&2' ${signal}
        trap 'echo "in all $n"; exit 0' USR2
        echo '${LISTENING}' >&2; while :; do sleep 0.01; done`;
      const options = { launch: inGroup(launcher()), ready: `${LISTENING}\n` };
      await withProgram(["sh", "-c", script], options, async (program) => {
        if (toChild) Deno.kill(program.pid, `SIG${signal}`);
        Deno.kill(-program.pid, `SIG${signal}`);
        await program.waitFor("stderr", "got 1\n");
        // Anything that the launcher forwarded earlier arrived before this signal.
        const { code, stdout } = await program.stop("SIGUSR2");
        assertEquals({ code, stdout }, { code: 0, stdout: "in all 1\n" });
      });
    });
  }
}
