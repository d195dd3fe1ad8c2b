/** Descriptions of a service reach Node and Python as the specification requires. */
import { assertEquals } from "@std/assert";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { type Need, testIf } from "../helpers/needs.ts";
import { type Launch, runProgram, sourcesThatRun } from "../helpers/program.ts";
import { startHttpReceiver } from "../helpers/receiver.ts";
import {
  launcherInNodeFolder,
  needsNode,
  needsPython,
  programPath,
  tracesTo,
} from "./launching.ts";

const NEEDS: readonly Need[] = ["net", "env", "read", "run", "shell"];

const PROGRAMS = [
  { name: "Node", needs: needsNode, words: ["node", programPath("script.mjs")] },
  { name: "Python", needs: needsPython, words: ["python3", programPath("script.py")] },
] as const;

for (const { name, needs, words } of PROGRAMS) {
  testIf(
    needs(),
    NEEDS,
    `${name}: --service-name overrides the attributes, which are decoded`,
    async () => {
      await using receiver = startHttpReceiver();
      await using target = startHttpReceiver();
      const { code, stderr } = await runProgram(
        ["auto", "--service-name", "shop", "--", ...words],
        {
          launch: inNodeFolder(sourcesThatRun()),
          env: {
            ...tracesTo(receiver.url),
            TARGET_URL: target.url,
            OTEL_RESOURCE_ATTRIBUTES: "service.name=other,list=1%2C2,team=a%20b%25",
            OTEL_EXPORTER_OTLP_HEADERS: "tenant=a%2Cb",
          },
        },
      );
      assertEquals(code, 0, stderr);
      const { resource } = receiver.spans[0]!;
      assertEquals([resource[ATTR_SERVICE_NAME], resource.list, resource.team], [
        "shop",
        "1,2",
        "a b%",
      ]);
      assertEquals(receiver.requests[0]!.headers.tenant, "a,b");
    },
  );
}

/** The same launch from the folder where the package for Node is installed. */
function inNodeFolder({ command, args }: Launch): Launch {
  const { command: shell, args: [script, text, zero, folder] } = launcherInNodeFolder();
  return { command: shell, args: [script!, text!, zero!, folder!, command, ...args] };
}
