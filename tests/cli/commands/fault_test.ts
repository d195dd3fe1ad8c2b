import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ATTR_SERVER_PORT, ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { chooseFault } from "../../../lib/workshop/fault/fault.ts";
import { solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { testWith } from "../../helpers/needs.ts";
import { holdPort, isFree } from "../../helpers/ports.ts";
import { withApp } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { runHere, runHereUntil } from "../../helpers/run_here.ts";

const STOPS = ["net", "env", "run", "signals"] as const;

/** The seed of a lost context. */
const SEED = 2;
const { service = "", span = "" } = solutionOf(chooseFault(SEED));

/** The number of spans in a customer's trace. */
const SPANS = 13;

testWith(["net", "env", "run"], "fault accepts answers until the fault is found", async () => {
  await using receiver = startHttpReceiver();
  await withApp(["fault", "--seed", `${SEED}`, "--endpoint", receiver.url], {}, async (shop) => {
    const answer = (...flags: string[]) =>
      runHere("fault", "answer", "--port", new URL(shop.url).port, ...flags);

    assertStringIncludes(shop.stderr, "one of slow-route, failing-dependency, lost-context,");
    assertStringIncludes(shop.stderr, `fault --seed ${SEED}\n`);
    const partly = await answer("--service", service);
    assertEquals([partly.code, partly.data], [
      1,
      `service "${service}": right\nHalf of it is right. Now add --span`,
    ]);
    for (let wrong = 1; wrong <= 3; wrong++) {
      const { code, data } = await answer("--service", service, "--span", "GET /x");
      assertEquals(code, 1);
      assertEquals(data.includes("--give-up"), wrong === 3, data);
    }
    const right = await answer("--kind", "lost-context", "--service", service, "--span", span);
    assertEquals(right.code, 0);
    assertStringIncludes(right.data, "That is it.");
    assertStringIncludes(right.data, "How to fix it:");
    await shop.waitFor("stderr", "The fault was found; wrong answers before: 3");
  });
});

testWith(
  ["net", "env", "run"],
  "fault answer --give-up reveals everything, also as JSON",
  async () => {
    await withApp(["fault", "blocked-collector", "--seed", "0"], {}, async (shop) => {
      const { code, data } = await runHere(
        "fault",
        "answer",
        "--give-up",
        "--json",
        `--port=${new URL(shop.url).port}`,
      );
      assertEquals(code, 1);
      const { explanation, ...reply } = JSON.parse(data);
      assertEquals(reply, { isRight: false, says: [], wrongAnswers: 0 });
      assertMatch(explanation[0], /^The fault: blocked-collector\./);
      await shop.waitFor("stderr", "The fault was given up; wrong answers before: 0");
    });
  },
);

testWith(STOPS, "Ctrl-C flushes what is queued, and frees the ports", async () => {
  await using receiver = startHttpReceiver();
  const args = ["fault", "--seed", `${SEED}`, "--load", "--endpoint", receiver.url];
  await withApp(
    args,
    { env: { OTEL_SERVICE_NAME: "mine", OTEL_BSP_SCHEDULE_DELAY: "100" } },
    async (shop) => {
      const ports = [
        new URL(shop.url).port,
        /to http:\S+:(\d+)\S*, a gateway/.exec(shop.stderr)![1],
      ];
      await receiver.waitForSpans(SPANS);
      const { code, stderr } = await shop.stop("SIGINT");
      assertEquals(code, 0);
      const [, sent, created] = /Sent (\d+) of (\d+) spans/.exec(stderr)!;
      assertEquals([sent, created], [`${receiver.spans.length}`, `${receiver.spans.length}`]);
      const services = new Set(receiver.spans.map(({ resource }) => resource[ATTR_SERVICE_NAME]));
      assertEquals(services.size, 4);
      assert(!services.has("mine"));
      ports.push(...receiver.spans.map(({ attributes }) => String(attributes[ATTR_SERVER_PORT])));
      const used = [...new Set(ports)].map(Number);
      assertEquals(used.length, 5, "the shop front, three services and the gateway");
      assertEquals(used.filter((port) => !isFree(port)), []);
    },
  );
});

for (const [seed, reason] of [[0, "no answer in time"], [4, "the server answered 503"]] as const) {
  testWith(
    STOPS,
    `fault blocked-collector makes the exporter complain: ${reason}`,
    async () => {
      await using receiver = startHttpReceiver();
      const env = { OTEL_BSP_SCHEDULE_DELAY: "50", OTEL_EXPORTER_OTLP_TIMEOUT: "300" };
      const args = ["fault", "blocked-collector", `--seed=${seed}`, `--endpoint=${receiver.url}`];
      await withApp(args, { env }, async (shop) => {
        await (await fetch(shop.url)).text();
        await shop.waitFor("stderr", reason);
        const { code, stderr } = await shop.stop("SIGINT");
        assertEquals(code, 0);
        assertStringIncludes(stderr, `Sent 0 of ${SPANS} spans to http://127.0.0.1:`);
        assertEquals(receiver.requests, []);
      });
    },
  );
}

testWith(["net", "env", "run"], "fault reports when the fault begins and ends", async () => {
  const args = ["fault", "--after", "50ms", "--for", "50ms"];
  await withApp(args, {}, async (shop) => {
    assertMatch(shop.stderr, /from 0\.05 s on,\s+for 0\.05 s/);
    await shop.waitFor("stderr", "The fault has started\nThe fault has ended\n");
  });
});

testWith(
  ["net", "env", "run"],
  "fault reports that nothing receives the shop's telemetry",
  async () => {
    using port = holdPort();
    port[Symbol.dispose]();
    const args = ["fault", "lost-context", "--endpoint", `http://127.0.0.1:${port.number}`];
    await withApp(args, { env: { OTEL_BSP_SCHEDULE_DELAY: "50" } }, async (shop) => {
      await (await fetch(shop.url)).text();
      await shop.waitFor(
        "stderr",
        `Cannot send spans to http://127.0.0.1:${port.number}/v1/traces`,
      );
    });
  },
);

testWith(
  ["net", "env"],
  "fault reports a port that is in use, and leaves nothing behind",
  async () => {
    using port = holdPort();
    const { code, status } = await runHere("fault", "--port", `${port.number}`);
    assertEquals(code, 1);
    assertStringIncludes(status, `Cannot listen on 127.0.0.1:${port.number}: the port is in use`);
  },
);

testWith(["net", "env"], "fault answer reports that no shop is running there", async () => {
  using port = holdPort();
  port[Symbol.dispose]();
  const flags = ["--kind", "slow-route", "--port", `${port.number}`];
  const nobody = await runHere("fault", "answer", ...flags);
  assertEquals(nobody.code, 3);
  assertStringIncludes(nobody.status, 'connection refused. Start a shop with "otel-kit fault"');

  const address = { port: port.number, hostname: "127.0.0.1", onListen: () => {} };
  await using _ = Deno.serve(address, () => Response.json({ isRight: true }));
  const other = await runHereUntil(new AbortController().signal, "fault", "answer", ...flags);
  assertEquals([other.code, other.data], [3, ""]);
  assertStringIncludes(other.status, "another program responds");
});

testWith(["net", "env"], "fault rejects an invalid command line", async () => {
  const wrong: [string[], string][] = [
    [["slow"], 'Unknown word "slow": expected answer, or one of slow-route,'],
    [["slow-route", "lost-context"], 'Cannot use "lost-context": expected one word at most'],
    [["--seed", "1.5"], 'Cannot use --seed "1.5": expected an integer from 0 to 9999'],
    [["--after", "soon"], 'Cannot use --after "soon": expected 500ms, 30s or 2m'],
    [["--for", "0s"], 'Cannot use --for "0s": expected 500ms, 30s or 2m'],
    [["--port", "x"], 'Cannot use --port "x"'],
    [["--endpoint", "x"], 'Cannot use --exporter-otlp-endpoint "x": expected'],
    [["--endpoint", "http://localhost:4317"], "Cannot send over gRPC: expected an endpoint"],
    [["--span", "GET /"], "Cannot use --span here: use it with the word answer"],
    [["answer", "--seed", "1"], "Cannot use --seed here: use it without the word answer"],
    [["answer"], "Cannot judge an empty answer: give --service and --span, or --kind"],
    [["answer", "--give-up", "--kind", "x"], "Cannot use --kind with --give-up"],
  ];
  for (const [args, message] of wrong) {
    const { code, status } = await runHere("fault", ...args);
    assertEquals(code, 2, args.join(" "));
    assertStringIncludes(status, message);
  }
});
