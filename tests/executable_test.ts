import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { VERSION } from "../lib/version.ts";
import { readDemoFiles } from "../lib/cli/files/demo_files.ts";
import { withFolder } from "./helpers/folder.ts";
import { testIf, WITH_PORT_5000 } from "./helpers/needs.ts";
import { ANY_PORTS } from "./helpers/collector_program.ts";
import { holdPort, sentNowhere } from "./helpers/ports.ts";
import {
  executable,
  needsExecutable,
  runProgram,
  withApp,
  withProgram,
} from "./helpers/program.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "./helpers/receiver.ts";
import { TLS_FILES } from "./helpers/tls_files.ts";

const NEEDS = ["net", "env", "read", "run"] as const;
const STOPS = [...NEEDS, "signals"] as const;
const BUILT = needsExecutable();

testIf(BUILT, NEEDS, "the executable prints version and help", async () => {
  const launch = executable();
  assertEquals((await runProgram(["--version"], { launch })).stdout, `otel-kit ${VERSION}\n`);
  for (const args of [["--help"], ["serve", "--help"], ["auto", "--help"]]) {
    const { code, stdout, stderr } = await runProgram(args, { launch });
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^Usage: otel-kit/m);
  }
});

for (
  const [protocol, start] of [
    ["http/protobuf", startHttpReceiver],
    ["http/json", startHttpReceiver],
    ["grpc", startGrpcReceiver],
  ] as const
) {
  for (const compression of ["none", "gzip"]) {
    for (const tls of [false, true]) {
      const how = `${protocol}, ${compression}, ${tls ? "TLS" : "plain"}`;
      testIf(BUILT, STOPS, `the executable sends its spans over ${how}`, async () => {
        await using receiver: Receiver = start({ tls });
        const flags = [
          `--endpoint=${receiver.url}`,
          `--protocol=${protocol}`,
          `--exporter-otlp-compression=${compression}`,
          ...tls ? [`--exporter-otlp-certificate=${TLS_FILES.ca}`] : [],
        ];
        await withApp(["auto", ...flags], { launch: executable() }, async (program) => {
          await (await fetch(`${program.url}/error`)).text();
          const { code, stderr } = await program.stop();
          assertEquals(code, 0);
          assertMatch(stderr, /Sent 1 of 1 spans/);
        });
        const [span] = receiver.spans;
        assertEquals(span?.name, "GET /error");
        assertEquals(span?.attributes["error.type"], "RangeError");
        const stack = String(span?.events[0]?.attributes["exception.stacktrace"]);
        assertMatch(stack, /apps\/base\.ts:\d+:\d+/);
      });
    }
  }
}

for (const mode of ["base", "manual", "middleware", "auto"]) {
  testIf(BUILT, NEEDS, `the executable serves mode ${mode}`, async () => {
    const flags = mode === "base" ? [] : ["--traces-exporter", "console"];
    const options = { launch: executable(), env: sentNowhere() };
    await withApp(["serve", "--mode", mode, ...flags], options, async (program) => {
      assertEquals((await fetch(`${program.url}/error`).then((r) => r.text())).length, 21);
      if (mode === "base") return;
      const file = mode === "auto" ? "base" : mode;
      await program.waitFor("stdout", "exception.stacktrace");
      await program.waitFor("stdout", `apps/${file}.ts:`);
    });
  });
}

testIf(BUILT, STOPS, "the executable loses no span when SIGTERM follows 20 requests", async () => {
  await using receiver = startHttpReceiver();
  const flags = ["--endpoint", receiver.url];
  await withApp(["auto", ...flags], { launch: executable() }, async ({ url, stop }) => {
    await Promise.all(Array.from({ length: 20 }, () => fetch(url).then((r) => r.text())));
    await stop();
    assertEquals(receiver.spans.length, 20);
  });
});

testIf(
  BUILT,
  [...NEEDS, "write"],
  "the executable writes the files of collector-demo",
  async () => {
    await withFolder(async (folder) => {
      const { code, stdout } = await runProgram(["collector-demo", folder], {
        launch: executable(),
      });
      assertEquals(code, 0);
      const files = await readDemoFiles();
      assertEquals(stdout, files.map(({ path }) => `${folder}/${path}\n`).join(""));
      for (const { path, text } of files) {
        assertEquals(await Deno.readTextFile(`${folder}/${path}`), text);
      }
    });
  },
);

testIf(
  BUILT,
  [...NEEDS, "write"],
  "the executable writes a step, and includes it in a course",
  async () => {
    await withFolder(async (folder) => {
      const launch = executable();
      const flags = [`--course=${folder}`];
      assertEquals((await runProgram(["workshop", "new-step", ...flags], { launch })).code, 0);
      const list = ["guide", "list", `--progress=${folder}/progress.json`, ...flags];
      assertMatch((await runProgram(list, { launch })).stdout, /^> +1 +My step \(5 min\)$/m);
    });
  },
);

testIf(BUILT, NEEDS, "the executable compares the code of modes and the solution", async () => {
  const launch = executable();
  for (
    const [args, line] of [
      [["base", "manual"], /^\+.*trace\.getTracer\("apps\/manual\.ts"\)/m],
      [["manual", "--dir", "lib/workshop/template"], /^\+.*trace\.getTracer\("manual\.ts"\)/m],
    ] as const
  ) {
    const { code, stdout } = await runProgram(["diff", ...args], { launch });
    assertEquals(code, 0);
    assertMatch(stdout, line);
  }
});

testIf(
  { ...WITH_PORT_5000, ...BUILT },
  STOPS,
  "the executable runs the demo: apps, store and page",
  async () => {
    const launch = executable();
    await withProgram(["demo", "--no-open", ...ANY_PORTS], { launch }, async (program) => {
      const { url } = program;
      const page = await fetch(url);
      assertMatch(await page.text(), /<script type="module" src="\/app\.js">/);
      const script = await fetch(`${url}/app.js`);
      assertMatch(script.headers.get("content-type")!, /javascript/);
      assert((await script.text()).length > 10_000);
      const tutorial = await fetch(`${url}/tutorial/3-manual`);
      assertMatch(await tutorial.text(), /<h2 id="step-8-/);

      const compare = ["compare", "/error", "--json", "--ui-url", url];
      const modes = (await runProgram(compare, { launch })).stdout.trim().split("\n")
        .map((line) => JSON.parse(line));
      assertEquals(modes.map(({ addedLines }) => addedLines > 0), [false, true, true, false]);
      for (const { mode, trace } of modes.slice(1)) {
        const file = mode === "auto" ? "base" : mode;
        assertMatch(JSON.stringify(trace.data), new RegExp(`apps/${file}\\.ts:\\d+:\\d+`));
      }
      const id = modes[3].trace.summary.traceId;
      const { stdout } = await runProgram(["traces", id, "--ui-url", url], { launch });
      assertMatch(stdout, /exception RangeError: Division by zero at apps\/base\.ts:\d+\n/);
      const html = await (await fetch(`${url}/api/kit/traces/${id}/html`)).text();
      assert(html.includes(id));

      const { code, stderr } = await program.stop("SIGINT");
      assertEquals(code, 0);
      assertMatch(stderr, /Spans: \d+ received, \d+ kept, 0 evicted, 0 rejected/);
    });
  },
);

testIf(BUILT, NEEDS, "the executable names the program that uses a port", async () => {
  using port = holdPort();
  const launch = executable();
  const { code, stderr } = await runProgram([
    "collector",
    `--ui-port=${port.number}`,
    "--http-port=0",
    "--grpc-port=0",
  ], { launch });
  assertEquals(code, 1);
  if (Deno.build.os === "linux") assertMatch(stderr, /: deno \(process \d+\) has the port\. /);
});

testIf(BUILT, NEEDS, "the executable contains no path of the machine that built it", async () => {
  const home = Deno.env.get("HOME");
  const root = fileURLToPath(new URL("../", import.meta.url));
  const file = await Deno.readFile(executable().command);
  // The program is at the end of the file; the runtime before it isn't built here.
  const text = new TextDecoder("latin1").decode(file.subarray(-8 * 1024 * 1024));
  assert(text.includes("apps/base.ts"));
  for (
    const path of [root, Deno.env.get("DENO_DIR"), home && home !== "/" ? `${home}/` : undefined]
  ) {
    if (path) assert(!text.includes(path), path);
  }
});
