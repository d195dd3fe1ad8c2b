import { assertEquals, assertMatch } from "@std/assert";
import { climb } from "../../../lib/workshop/ladder/climb.ts";
import type { Climb, ExpectedProgram } from "../../../lib/workshop/ladder/rung.ts";
import { bareCommands } from "../../helpers/bare_commands.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { countOwnTraffic } from "../../helpers/own_traffic.ts";
import { closedUrl } from "../../helpers/ports.ts";
import { startFakeBackends, told } from "../../helpers/workshop_backends.ts";

const SERVICE = "MyHonoAppInProductionManual";
const NAME = "manual.ts";

const PROVIDER = "trace.setGlobalTracerProvider(provider);";
const EXPORTER = "new BatchSpanProcessor(new OTLPTraceExporter());";
const SPAN = 'tracer.startActiveSpan("root", (root) => { root.end(); });';

/** It isn't on the PATH, so that a text that names it otherwise can't be followed. */
const COMMAND = "../otel-kit";

interface Scene {
  /** The text of the learner's file; undefined if there is none. */
  code?: string;
  /** What the app responds with; undefined if there is no app. */
  status?: number;
  program?: Partial<ExpectedProgram>;
  environment?: Climb["environment"];
  /** The service that sends spans. */
  sends?: string;
}

/** The first broken link of an app with this file. */
async function breaks({ code, status, program, environment, sends }: Scene) {
  await using fake = startFakeBackends();
  if (sends !== undefined) fake.spans.push(told({ service: sends }));
  const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using app = status === undefined
    ? undefined
    : Deno.serve(options, () => new Response("", { status }));
  let found: { name?: string; text: string } = { text: "" };
  await withFolder(async (folder) => {
    if (code !== undefined) await Deno.writeTextFile(`${folder}/${NAME}`, code);
    const rungs = await climb({
      backends: fake.backends,
      own: countOwnTraffic(),
      signals: ["traces"],
      appUrl: app ? `http://127.0.0.1:${app.addr.port}` : closedUrl(),
      service: SERVICE,
      startedAt: Date.now() - 60_000,
      command: COMMAND,
      environment: environment ?? { variables: {} },
      program: { file: { folder, name: NAME }, isAuto: false, deno: Deno.execPath(), ...program },
    });
    assertEquals(rungs.flatMap(({ found, fix }) => bareCommands(`${found}\n${fix}`)), []);
    const broken = rungs.find(({ isWhole }) => !isWhole);
    found = { ...broken && { name: broken.name }, text: `${broken?.found}\n${broken?.fix}` };
  });
  return found;
}

const WHOLE = [PROVIDER, EXPORTER, SPAN].join("\n");

const SCENES: [what: string, scene: Scene, name: string, text: RegExp][] = [
  ["Deno is missing", { code: "", program: { deno: "no-such-deno" } }, "deno", /Install Deno/],
  ["the file is missing", {}, "file", /there is no manual.ts in .*\n.*workshop init/],
  ["a bracket is missing", { code: "const a = (1;" }, "file", /manual.ts has a mistake: .*Expect/],
  [
    "an import is missing",
    { code: "\n\ntrace.setGlobalTracerProvider();" },
    "file",
    /Cannot find name 'trace'.* \(manual.ts:3:1\)/,
  ],
  ["the app isn't started", { code: "export {};" }, "app", /nothing is listening/],
  [
    "a route returns nothing",
    { code: WHOLE, status: 404 },
    "handler",
    /404, as .* returns nothing/,
  ],
  ["a route throws", { code: "export {};", status: 500 }, "handler", /responds with 500/],
  [
    "a route needs an import",
    { code: "export const f = () => SpanStatusCode.ERROR;", status: 500 },
    "file",
    /Cannot find name 'SpanStatusCode'/,
  ],
  [
    "no span ends",
    { code: WHOLE.replace("root.end();", ""), status: 200 },
    "span-end",
    /never ends/,
  ],
  [
    "a span ends in a comment",
    { code: WHOLE.replace("root.end();", "/* root.end(); */"), status: 200 },
    "span-end",
    /never ends/,
  ],
  [
    "no provider is registered",
    { code: EXPORTER + SPAN, status: 200 },
    "provider",
    /setGlobalTracer/,
  ],
  [
    "there is no exporter",
    { code: PROVIDER + SPAN, status: 200 },
    "exporter",
    /no exporter for OTLP/,
  ],
  [
    "the exporter has the wrong port",
    {
      code: WHOLE.replace("Exporter()", 'Exporter({ url: "http://localhost:1/v1/traces" })'),
      status: 200,
    },
    "exporter",
    /sends to http:\/\/localhost:1\/v1\/traces\n.*OTLP over HTTP, the address is http/,
  ],
  [
    "another app holds the port",
    {
      code: WHOLE,
      status: 200,
      environment: { variables: {}, args: ["deno", "run", "--allow-net", "/x/base.ts"] },
    },
    "port",
    /is base.ts, and this step is about manual.ts/,
  ],
  [
    "a built-in app holds the port",
    {
      code: WHOLE,
      status: 200,
      environment: { variables: {}, args: ["otel-kit", "serve", "--mode", "base"] },
    },
    "port",
    /is the app in mode base/,
  ],
  [
    "the launcher is missing",
    {
      code: WHOLE,
      status: 200,
      program: { isAuto: true },
      environment: { variables: {}, args: ["deno", "run", NAME] },
    },
    "launcher",
    /runs without ..\/otel-kit auto/,
  ],
  [
    "the name is another one, and the variable has no effect",
    { code: WHOLE, status: 200, sends: "shop" },
    "service-name",
    /\[ATTR_SERVICE_NAME\]: "MyHono.*OTEL_SERVICE_NAME has no effect here/,
  ],
  [
    "the name is another one, and the variable has an effect",
    { code: `${WHOLE}detectResources({ detectors: [envDetector] })`, status: 200, sends: "shop" },
    "service-name",
    /Set its name: OTEL_SERVICE_NAME=MyHono/,
  ],
];

for (const [what, scene, name, text] of SCENES) {
  testWith(["net", "read", "write", "run"], `climb() stops because ${what}: ${name}`, async () => {
    const found = await breaks(scene);
    assertEquals(found.name, name, found.text);
    assertMatch(found.text, text);
  });
}

testWith(
  ["net", "read", "write", "run"],
  "climb() finds nothing wrong with the right app",
  async () => {
    assertEquals((await breaks({ code: WHOLE, status: 200, sends: SERVICE })).name, undefined);
  },
);

testWith(["net"], "climb() checks only the app if no telemetry is missing", async () => {
  const rungs = await climb({
    backends: { ...(await anyBackends()), otlpHttpUrl: closedUrl() },
    own: countOwnTraffic(),
    signals: ["traces"],
    appUrl: closedUrl(),
    startedAt: 0,
    command: COMMAND,
    environment: { variables: {} },
    isLocal: true,
  });
  assertEquals(rungs.map(({ name }) => name), ["app"]);
});

async function anyBackends() {
  await using fake = startFakeBackends();
  return fake.backends;
}
