import { assert, assertEquals, assertMatch } from "@std/assert";
import { TUTORIAL } from "../../../lib/cli/demo/compare_handlers.ts";
import { compareLines, readModeCode } from "../../../lib/cli/demo/mode_code.ts";
import { ANY_PORTS } from "../../helpers/collector_program.ts";
import { testIf, testWith, WITH_PORT_5000 } from "../../helpers/needs.ts";
import { eventually } from "../../helpers/poll.ts";
import { holdPort, isFree } from "../../helpers/ports.ts";
import { type RunningProgram, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { anchors } from "../../helpers/tutorial.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;
const STOPS = [...NEEDS, "signals"] as const;
const DEMO = ["demo", "--no-open", ...ANY_PORTS];
const SERVICES = [
  "MyHonoAppInProductionAuto",
  "MyHonoAppInProductionContrib",
  "MyHonoAppInProductionManual",
];

testIf(
  WITH_PORT_5000,
  STOPS,
  "demo runs all four apps, which send to its collector without configuration",
  async () => {
    const urls: string[] = [];
    await withProgram(DEMO, {}, async (program) => {
      const view = await (await fetch(`${program.url}/api/kit/compare`)).json();
      const modes = view.modes.map(({ mode }: { mode: string }) => mode);
      assertEquals(modes, ["base", "manual", "middleware", "auto"]);
      for (const { url, mode } of view.modes) {
        assert((await (await fetch(url)).text()).startsWith("Hello, World!"));
        urls.push(url);
        assert(program.stderr.includes(`${mode.padEnd(12)}  ${url}\n`));
      }
      urls.push(program.url, ...program.stderr.match(/(?<=OTLP\/\w+ +)http:\S+/g) ?? []);
      assertEquals(await servicesOf(program), SERVICES);
      const { code, stderr } = await program.stop("SIGINT");
      assertEquals(code, 0);
      assertMatch(stderr, /Spans: \d+ received, \d+ kept, 0 evicted, 0 rejected\n/);
    });
    assertEquals(urls.length, 7);
    for (const url of urls) assert(isFree(Number(new URL(url).port)), url);
  },
);

testIf(
  WITH_PORT_5000,
  NEEDS,
  "demo sends one request to all apps when the page requests it",
  async () => {
    await withProgram(DEMO, {}, async (program) => {
      const response = await fetch(`${program.url}/api/kit/compare`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ path: "/error" }),
      });
      const run = await response.json();
      const { id, path, answers } = run;
      assertEquals(path, "/error");
      assertEquals(await (await fetch(`${program.url}/api/kit/compare/${id}`)).json(), run);
      for (const { status, body, startTimeMinUnixNano, startTimeMaxUnixNano } of answers) {
        assertEquals([status, body], [500, "Internal Server Error"]);
        assert(BigInt(startTimeMinUnixNano) < BigInt(startTimeMaxUnixNano));
      }
      // Each console message of an app is one line, prefixed with the app's name.
      await program.waitFor("stderr", "auto wrote: RangeError: Division by zero\n");
      assert(!program.stderr.includes("    at "));
    });
  },
);

testIf(WITH_PORT_5000, STOPS, "demo keeps running if no browser can be opened", async () => {
  // The program has no permission to start another one here.
  await withProgram(["demo", ...ANY_PORTS], {}, async (program) => {
    await program.waitFor("stderr", `Cannot start a browser here: open ${program.url}/\n`);
    assertEquals((await program.stop()).code, 0);
  });
});

testIf(WITH_PORT_5000, NEEDS, "demo replaces ports that are in use, and reports it", async () => {
  using port = holdPort();
  const first = isFree(5000) ? Deno.listen({ hostname: "127.0.0.1", port: 5000 }) : undefined;
  try {
    const flags = ["--http-port=0", "--grpc-port=0", `--ui-port=${port.number}`];
    await withProgram(["demo", "--no-open", ...flags], {}, ({ url, stderr }) => {
      const taken = `Port ${port.number} for the page is taken: using ${new URL(url).port} instead`;
      assert(stderr.includes(taken), stderr);
      assertMatch(stderr, /Port 5000 for the app of mode base is taken: using \d+ instead/);
      return Promise.resolve();
    });
  } finally {
    first?.close();
  }
});

testIf(
  WITH_PORT_5000,
  NEEDS,
  "demo withholds settings that would redirect its apps' telemetry, and reports it",
  async () => {
    await using receiver = startHttpReceiver();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: "mine",
      OTEL_RESOURCE_ATTRIBUTES: "team=red,service.name=other",
      OTEL_BSP_SCHEDULE_DELAY: "50",
    };
    await withProgram(DEMO, { env }, async (program) => {
      assertMatch(
        program.stderr,
        /Warning: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME: no effect here/,
      );
      const view = await (await fetch(`${program.url}/api/kit/compare`)).json();
      assertEquals(view.modes.map((m: { batchDelayMs?: number }) => m.batchDelayMs ?? 0), [
        0,
        50,
        50,
        50,
      ]);
      assertEquals(await servicesOf(program), SERVICES);
    });
    assertEquals(receiver.requests, []);
  },
);

Deno.test("compareLines() marks added and removed lines", () => {
  assertEquals(compareLines("a\nb\nc\n", "a\nx\n\nc\n"), [
    { text: "a", kind: "same" },
    { text: "b", kind: "removed" },
    { text: "x", kind: "added" },
    { text: "", kind: "added" },
    { text: "c", kind: "same" },
  ]);
});

testWith(["read"], "readModeCode() shows the real files, and counts what they add", async () => {
  for (const mode of ["base", "manual", "middleware", "auto"] as const) {
    const { file, code, addedLines } = await readModeCode(mode);
    const textOf = (without: string) =>
      code.filter(({ kind }) => kind !== without).map(({ text }) => `${text}\n`).join("");
    assertEquals(textOf("removed"), await sourceOf(file));
    assertEquals(textOf("added"), await sourceOf("apps/base.ts"));
    assertEquals(addedLines === 0, mode === "base" || mode === "auto");
    assertEquals(
      code.some(({ text, kind }) => kind === "added" && /opentelemetry/.test(text)),
      addedLines > 0,
    );
  }
});

testWith(["read"], "each mode leads to a step of the tutorial", async () => {
  for (const link of Object.values(TUTORIAL)) {
    const [page = "", anchor = ""] = link.split("#");
    const text = await sourceOf(`docs/tutorial/${page}`);
    assert(anchors(text).includes(anchor), link);
  }
});

function sourceOf(file: string): Promise<string> {
  return Deno.readTextFile(new URL(`../../../${file}`, import.meta.url));
}

/** The services that sent spans, once all of them did. */
async function servicesOf({ url }: RunningProgram): Promise<string[]> {
  const { services } = await eventually(
    `${url}/api/v3/services`,
    ({ services }) => services.length >= SERVICES.length,
  );
  return services.toSorted();
}
