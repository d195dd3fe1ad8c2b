import { assertEquals } from "@std/assert";
import { withCollector } from "./helpers/collector_program.ts";
import { withFolder } from "./helpers/folder.ts";
import { testWith } from "./helpers/needs.ts";
import { encodeRequest, encodeSpan, type ReceivedSignal } from "./helpers/otlp_proto.ts";
import { runProgram } from "./helpers/program.ts";
import { ROOT } from "./helpers/sources.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys"] as const;

const RESOURCE = {
  attributes: [{ key: "service.name", value: { stringValue: "shop" } }],
  entityRefs: [{ type: "service", idKeys: ["service.name"] }],
};
const TIME = `${Date.now()}000000`;

/** One request of each signal. */
const REQUESTS: [signal: ReceivedSignal, body: Uint8Array<ArrayBuffer>][] = [
  ["traces", encodeSpan("GET /")],
  [
    "logs",
    encodeRequest("logs", {
      resourceLogs: [{
        resource: RESOURCE,
        schemaUrl: "https://example.com/resource",
        scopeLogs: [{
          schemaUrl: "https://example.com/scope",
          logRecords: [{
            timeUnixNano: TIME,
            observedTimeUnixNano: TIME,
            body: { stringValue: "hello" },
            flags: 1,
            droppedAttributesCount: 2,
          }],
        }],
      }],
    }),
  ],
  [
    "metrics",
    encodeRequest("metrics", {
      resourceMetrics: [{
        resource: RESOURCE,
        scopeMetrics: [{
          metrics: [{ name: "size", gauge: { dataPoints: [{ timeUnixNano: TIME, asDouble: 1 }] } }],
        }],
      }],
    }),
  ],
];

/** The fields in the table below a heading of the reference. */
async function documentedFields(command: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("docs/json-lines.md", ROOT));
  const [, section] = new RegExp(`\n## \`${command}\`\n([^]*?)(?=\n## |$)`).exec(text)!;
  return [...section!.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name!).sort();
}

testWith(
  NEEDS,
  "the reference of JSON lines has exactly the fields that commands print",
  async () => {
    await withFolder(async (folder) => {
      const file = `${folder}/telemetry.yaml`;
      await Deno.writeTextFile(
        file,
        "expect: [{ says: a, spans: { query: a=b, atLeast: 1 } }, { says: b, hints: {} }]",
      );
      await withCollector(async ({ uiUrl, httpUrl }) => {
        for (const [signal, body] of REQUESTS) {
          const headers = { "content-type": "application/x-protobuf" };
          const response = await fetch(`${httpUrl}/v1/${signal}`, {
            method: "POST",
            headers,
            body,
          });
          await response.body?.cancel();
        }
        const commands: Record<string, string[]> = {
          traces: [],
          logs: [],
          metrics: [],
          services: [],
          assert: [file, "--timeout", "0s"],
        };
        for (const [command, args] of Object.entries(commands)) {
          const { stdout } = await runProgram([command, ...args, "--json", "--ui-url", uiUrl]);
          const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
          const objects = command === "services" ? lines.map(({ service }) => service) : lines;
          const fields = new Set(objects.flatMap(Object.keys));
          assertEquals([...fields].sort(), await documentedFields(command), command);
        }
      });
    });
  },
);
