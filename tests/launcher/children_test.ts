import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testIf, testWith } from "../helpers/needs.ts";
import {
  type ProgramOptions,
  runProgram,
  sourcesThatRun,
  withProgram,
} from "../helpers/program.ts";
import { type Receiver, startHttpReceiver } from "../helpers/receiver.ts";
import {
  inGroup,
  JAVA_AGENT,
  launcher,
  launcherInNodeFolder,
  needsJavaAgent,
  needsNode,
  needsPython,
  programPath,
  tracesTo,
} from "./launching.ts";

const NEEDS = ["net", "env", "read", "run", "shell", "signals"] as const;

const SERVER_KIND = 2;
const CLIENT_KIND = 3;

/** The end of the message that these tests' servers write when they listen. */
const READY = "/\n";

function optionsFor(receiver: Receiver, launch = launcher()): ProgramOptions {
  return { launch, env: tracesTo(receiver.url), ready: READY };
}

async function get(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

function kindsOf({ spans }: Receiver): number[] {
  return spans.map(({ kind }) => kind);
}

testWith(NEEDS, "children: a shell gets the settings in its environment", async () => {
  const { stdout, stderr } = await runProgram(["sh", "-c", "echo $OTEL_SERVICE_NAME"], {
    launch: launcher(),
    env: { OTEL_SERVICE_NAME: "shop" },
  });
  assertEquals(stdout, "shop\n", stderr);
});

testWith(NEEDS, "children: a server on Deno sends its spans", async () => {
  await using receiver = startHttpReceiver();
  const words = [Deno.execPath(), "run", "--allow-net", programPath("server.ts")];
  const options = optionsFor(receiver);
  await withProgram(
    words,
    { ...options, env: { ...options.env, OTEL_BSP_SCHEDULE_DELAY: "50" } },
    async (server) => {
      assertEquals(await get(server.url), "hello\n");
      await receiver.waitForSpans(1);
      assertEquals(kindsOf(receiver), [SERVER_KIND]);
      assertEquals((await server.stop()).code, 143);
    },
  );
});

for (const name of ["server.mjs", "server.cjs"]) {
  for (const [signal, code] of [["SIGTERM", 143], ["SIGINT", 130]] as const) {
    testIf(needsNode(), NEEDS, `children: Node, ${name}: ${signal} flushes and ends`, async () => {
      await using receiver = startHttpReceiver();
      const options = optionsFor(receiver, launcherInNodeFolder());
      await withProgram(["node", programPath(name)], options, async (server) => {
        assertEquals(await get(server.url), "hello\n");
        assertEquals((await server.stop(signal)).code, code);
        assertEquals(kindsOf(receiver), [SERVER_KIND]);
      });
    });
  }
}

testIf(
  needsNode(),
  NEEDS,
  "children: Node, a signal to the whole group loses nothing",
  async () => {
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver, inGroup(launcherInNodeFolder()));
    await withProgram(["node", programPath("server.mjs")], options, async (server) => {
      const requests = Array.from({ length: 19 }, () => get(server.url));
      await Promise.all(requests);
      Deno.kill(-server.pid, "SIGTERM");
      assertEquals((await server.end()).code, 143);
      assertEquals(kindsOf(receiver), requests.map(() => SERVER_KIND));
    });
  },
);

testIf(needsNode(), NEEDS, "children: Node prints its spans before it ends", async () => {
  const options = {
    launch: launcherInNodeFolder(),
    ready: READY,
    env: {
      OTEL_TRACES_EXPORTER: "console",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
    },
  };
  await withProgram(["node", programPath("server.mjs")], options, async (server) => {
    await get(server.url);
    const { code, stdout } = await server.stop();
    assertEquals(code, 143);
    assertStringIncludes(stdout, "name: 'GET'");
  });
});

testIf(
  needsNode(),
  NEEDS,
  "children: Node, an app with a SIGTERM handler ends by itself",
  async () => {
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver, launcherInNodeFolder());
    await withProgram(["node", programPath("draining_server.mjs")], options, async (server) => {
      const answer = get(server.url);
      await server.waitFor("stderr", "Waiting\n");
      const { code } = await server.stop();
      assertEquals([await answer, code], ["late\n", 3]);
      assertEquals(kindsOf(receiver), [SERVER_KIND], "what ended after the signal is sent");
    });
  },
);

testIf(needsNode(), NEEDS, "children: Node, a short script, its worker and its child", async () => {
  await using receiver = startHttpReceiver();
  await using target = startHttpReceiver();
  const options = optionsFor(receiver, launcherInNodeFolder());
  const env = { ...options.env, TARGET_URL: target.url };
  const { code, stderr } = await runProgram(["node", programPath("script.mjs")], {
    ...options,
    env,
  });
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  const clients = receiver.spans.filter(({ kind }) => kind === CLIENT_KIND);
  assertEquals(clients.length, 3);
});

testIf(needsPython(), NEEDS, "children: a script in Python sends its spans", async () => {
  await using receiver = startHttpReceiver();
  const options = optionsFor(receiver);
  const { code, stdout, stderr } = await runProgram(["python3", programPath("script.py")], options);
  assertEquals({ code, stdout }, { code: 0, stdout: "hello\n" }, stderr);
  assert(kindsOf(receiver).includes(SERVER_KIND));
});

testIf(
  needsPython(),
  NEEDS,
  "children: Python loses nothing with --sigterm-as-sigint",
  async () => {
    await using receiver = startHttpReceiver();
    const options = optionsFor(receiver, sourcesThatRun());
    const words = ["auto", "--sigterm-as-sigint", "--", "python3", programPath("flask_server.py")];
    await withProgram(words, options, async (server) => {
      assertEquals(await get(`${server.url}/hello`), "hello\n");
      await server.stop();
      assertEquals(kindsOf(receiver), [SERVER_KIND]);
    });
  },
);

testIf(
  needsJavaAgent(),
  NEEDS,
  "children: Java sends its spans, and flushes at SIGTERM",
  async () => {
    await using receiver = startHttpReceiver();
    const { env, ...options } = optionsFor(receiver);
    const words = ["java", programPath("Server.java")];
    const quicker = {
      JAVA_TOOL_OPTIONS: "-XX:TieredStopAtLevel=1",
      OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED: "false",
      OTEL_INSTRUMENTATION_JAVA_HTTP_SERVER_ENABLED: "true",
    };
    const named = { ...options, env: { ...env, ...quicker, OTEL_JAVA_AGENT_PATH: JAVA_AGENT } };
    await withProgram(words, named, async (server) => {
      assertEquals(await get(`${server.url}/hello`), "hello\n");
      assertEquals((await server.stop()).code, 143);
      const spans = receiver.spans.filter(({ kind }) => kind === SERVER_KIND);
      assertEquals(spans.map(({ name }) => name), ["GET /hello"]);
    });
  },
);
