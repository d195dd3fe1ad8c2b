import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createCollector } from "../../../lib/collector/collector.ts";
import { isOpen } from "../../../lib/workshop/conditions/port.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { fromSources, withRunning } from "../../helpers/program.ts";
import { type runHere, runHereUntil } from "../../helpers/run_here.ts";
import { closedUrl, freePort } from "../../helpers/ports.ts";

const NEEDS = ["net", "env", "read", "write"] as const;

interface Room {
  /** Ports of the embedded collector: HTTP, gRPC, page. */
  ports: number[];
  /** Flags for these ports. */
  flags: string[];
  guide(...args: string[]): ReturnType<typeof runHere>;
}

/** Runs `guide` with its own ports for an embedded collector. */
async function withGuide(use: (room: Room) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const ports = [freePort(), freePort(), freePort()];
    const [http, grpc, ui] = ports;
    const flags = [
      `--http-port=${http}`,
      `--grpc-port=${grpc}`,
      `--ui-port=${ui}`,
      `--progress=${folder}/progress.json`,
    ];
    await use({
      ports,
      flags,
      guide: (...args) => runHereUntil(new AbortController().signal, "guide", ...args, ...flags),
    });
  });
}

testWith(NEEDS, "guide check starts a collector, and leaves no port behind", async () => {
  await withGuide(async ({ guide, ports }) => {
    const { code, data, status } = await guide("check", "run-collector");
    assertEquals(code, 0, data + status);
    assertStringIncludes(status, "Started a collector for the length of this command");
    for (const port of ports) assertEquals(await isOpen(port), false, String(port));
  });
});

testWith(NEEDS, "guide check uses a collector that is already running", async () => {
  await withGuide(async ({ guide, ports: [httpPort, grpcPort, uiPort] }) => {
    await using collector = await createCollector({
      httpPort: 0,
      grpcPort: 0,
      uiPort: uiPort!,
      store: { maxTraces: 100, maxBytes: 16 * 1024 ** 2 },
    });
    const { code, data, status } = await guide("check", "run-collector");
    assertEquals([code, status], [0, ""], data);
    // The running collector's ports count, not those of a new one.
    assertStringIncludes(data, `port ${new URL(collector.httpUrl).port} is open`);
    assertEquals(await isOpen(httpPort!), false);
    assertEquals(await isOpen(grpcPort!), false);
  });
});

testWith(NEEDS, "guide only needs a collector to check a step", async () => {
  await withGuide(async ({ guide }) => {
    for (const word of ["list", "show", "hint", "goto", "reset"]) {
      assertEquals((await guide(word)).status, "", word);
    }
  });
});

testWith(NEEDS, "guide exits with 3 if another program uses a port, and names it", async () => {
  await withGuide(async ({ guide, ports: [httpPort] }) => {
    using _taken = Deno.listen({ hostname: "127.0.0.1", port: httpPort! });
    const { code, status } = await guide("check", "run-collector");
    assertEquals(code, 3, status);
    assertStringIncludes(status, `Cannot listen on 127.0.0.1:${httpPort}`);
    assertStringIncludes(status, "--backend external");
    assertEquals((await guide("check", "no-such-step")).code, 2);
  });
});

testWith(NEEDS, "guide accepts only one kind of backend", async () => {
  await withGuide(async ({ guide }) => {
    const nowhere = closedUrl();
    const nobody = `--jaeger-url=${nowhere}`;
    const both = await guide("check", "open-tools", "--backend=embedded", nobody);
    assertEquals(both.code, 2);
    assertStringIncludes(both.status, "Cannot use --jaeger-url: it needs --backend external");
    const other = await guide("check", "--backend=docker");
    assertEquals(other.code, 2);
    assertStringIncludes(other.status, "expected embedded or external");
    // With an explicit URL, the guide uses the learner's own servers.
    const external = await guide("check", "open-tools", nobody, "--wait=0s");
    assertEquals(external.code, 1, external.status);
    assertStringIncludes(external.data, `Jaeger doesn't respond at ${nowhere}: connection refused`);
  });
});

testWith(NEEDS, "guide show is written for the backend", async () => {
  await withGuide(async ({ guide }) => {
    const note = "the page of the collector, which replaces three tools";
    const embedded = await guide("show", "open-tools");
    assertStringIncludes(embedded.data, note);
    assert(!embedded.data.includes("docker"));
    const external = await guide("show", "open-tools", "--backend=external");
    assert(!external.data.includes(note));
    assertStringIncludes(external.data, "http://localhost:16686");
  });
});

testWith(
  [...NEEDS, "run", "sys", "signals"],
  "Ctrl-C in a running guide leaves no collector and no bound port behind",
  async () => {
    await withGuide(async ({ guide, ports, flags }) => {
      // A step that waits for a long time because nothing sends what it checks.
      const away = `--app-url=http://127.0.0.1:${freePort()}`;
      await guide("goto", "see-manual");
      const options = { launch: fromSources("main.ts", ["run", "write"]) };
      await withRunning(["guide", "--plain", away, ...flags], options, async (program) => {
        await program.waitFor("stdout", "services in Jaeger");
        for (const port of ports) assertEquals(await isOpen(port), true, String(port));
        const { code } = await program.stop("SIGINT");
        assertEquals(code, 0);
        for (const port of ports) assertEquals(await isOpen(port), false, String(port));
      });
    });
  },
);
