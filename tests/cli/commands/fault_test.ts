import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ATTR_SERVER_PORT, ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import { chooseFault, FAULT_KIND_NAMES, seedOf } from "../../../lib/workshop/fault/fault.ts";
import { addToHistory, readHistory } from "../../../lib/workshop/fault/history.ts";
import { solutionOf } from "../../../lib/workshop/fault/judge.ts";
import { faultHistoryPath } from "../../../lib/workshop/progress/progress_file.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { poll } from "../../helpers/poll.ts";
import { holdPort, isFree } from "../../helpers/ports.ts";
import { fromSources, withApp } from "../../helpers/program.ts";
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
    await (await fetch(shop.url)).text();
    const { traceId } = (await receiver.waitForSpans(SPANS))[0]!;
    assertStringIncludes(shop.stderr, `fault --seed ${SEED}\n`);
    const partly = await answer("--service", service);
    assertEquals([partly.code, partly.data], [
      1,
      `service "${service}": right\nA part of it is right. Now add --span and --trace`,
    ]);
    for (let wrong = 1; wrong <= 3; wrong++) {
      const { code, data } = await answer("--service", service, "--span", "GET /x");
      assertEquals(code, 1);
      assertStringIncludes(data, `Tries so far: ${wrong}`);
      assertEquals(data.includes("--give-up"), wrong === 3, data);
    }
    const whole = ["--kind", "lost-context", "--service", service, "--span", span];
    const unproved = await answer(...whole);
    assertEquals(unproved.code, 1);
    assertStringIncludes(unproved.data, "Now prove it. Add --trace");
    const right = await answer(...whole, "--trace", traceId);
    assertEquals(right.code, 0);
    assertStringIncludes(right.data, "That is it, at try 4.");
    assertStringIncludes(right.data, "How to fix it:");
    await shop.waitFor("stderr", "The fault was found; tries: 4");
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
      assertEquals(reply, { isRight: false, says: [], tries: 0 });
      assertMatch(explanation[0], /^The fault: blocked-collector\./);
      await shop.waitFor("stderr", "The fault was given up; tries: 0");
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
      await runHere("fault", "answer", "--give-up", "--port", new URL(shop.url).port);
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

for (const [seed, blockade] of [[0, "silent"], [9, "refusing"]] as const) {
  testWith(
    STOPS,
    `fault keeps the exporter's messages back if the gateway is ${blockade}`,
    async () => {
      await using receiver = startHttpReceiver();
      const env = { OTEL_BSP_SCHEDULE_DELAY: "50", OTEL_EXPORTER_OTLP_TIMEOUT: "300" };
      const args = ["fault", "blocked-collector", `--seed=${seed}`, `--endpoint=${receiver.url}`];
      const saidBy = async (isGivenUp: boolean) => {
        let said = "";
        await withApp(args, { env }, async (shop) => {
          const before = shop.stderr;
          await (await fetch(shop.url)).text();
          const port = `--port=${new URL(shop.url).port}`;
          if (isGivenUp) await runHere("fault", "answer", "--give-up", port);
          const { code, stderr } = await shop.stop("SIGINT");
          assertEquals(code, 0);
          said = stderr.slice(before.length);
        });
        return said;
      };
      assertEquals(await saidBy(false), "Stopping\n");
      assertStringIncludes(await saidBy(true), `Sent 0 of ${SPANS} spans to http://127.0.0.1:`);
      assertEquals(receiver.requests, []);
    },
  );
}

testWith(STOPS, "fault shows nothing of what is wrong, whatever it is", async () => {
  await using receiver = startHttpReceiver();
  const screens = new Set<string>();
  for (const kind of FAULT_KIND_NAMES) {
    const env = { OTEL_BSP_SCHEDULE_DELAY: "50", OTEL_EXPORTER_OTLP_TIMEOUT: "300" };
    const args = ["fault", "--seed", `${seedOf(kind, 0.5)}`, "--endpoint", receiver.url];
    await withApp(args, { env }, async (shop) => {
      let answers = "";
      for (let i = 0; i < 4; i++) answers += await (await fetch(shop.url)).text();
      const { stderr } = await shop.stop("SIGINT");
      screens.add((stderr + answers).replaceAll(/(?<=:)\d+|(?<=--port |--seed )\d+/g, "N"));
    });
  }
  assertEquals(screens.size, 1, [...screens].join("\n---\n"));
});

testWith(
  ["net", "env", "run", "read", "write"],
  "fault draws a kind that wasn't met yet",
  () =>
    withFolder(async (folder) => {
      // The others were met before.
      const env = { XDG_DATA_HOME: folder, HOME: folder, LOCALAPPDATA: folder };
      const file = faultHistoryPath(env)!;
      const others = FAULT_KIND_NAMES.filter((kind) => kind !== "clock-skew");
      for (const kind of others) await addToHistory(file, kind);
      const launch = fromSources("main.ts", ["write"]);
      await withApp(["fault"], { env, launch }, async (shop) => {
        const seed = Number(/fault --seed (\d+)/.exec(shop.stderr)?.[1]);
        assertEquals(chooseFault(seed).kind, "clock-skew");
        await poll(async () => {
          const met = await readHistory(file);
          return met.length > others.length ? { result: met } : { answer: met.join() };
        }, "the kind in the history");
      });
      assertEquals(await readHistory(file), [...others, "clock-skew"]);
    }),
);

testWith(["net", "env", "run"], "fault reports when the fault begins and ends", async () => {
  const args = ["fault", "slow-route", "--seed", "1", "--after", "50ms", "--for", "50ms"];
  await withApp(args, {}, async (shop) => {
    assertMatch(shop.stderr, /from\s+0\.05 s on,\s+for 0\.05 s/);
    await shop.waitFor("stderr", "The fault has started\nThe fault has ended\n");
  });
});

testWith(
  ["net", "env", "run"],
  "fault reports that nothing receives the shop's telemetry",
  async () => {
    using port = holdPort();
    port[Symbol.dispose]();
    const args = ["fault", "--seed", `${SEED}`, "--endpoint", `http://127.0.0.1:${port.number}`];
    await withApp(args, { env: { OTEL_BSP_SCHEDULE_DELAY: "50" } }, async (shop) => {
      await (await fetch(shop.url)).text();
      await shop.waitFor(
        "stderr",
        `Cannot send telemetry to http://127.0.0.1:${port.number}/v1/traces`,
      );
    });
  },
);

testWith(
  ["net", "env"],
  "fault reports a port that is in use, and leaves nothing behind",
  async () => {
    using port = holdPort();
    const { code, status } = await runHere("fault", "--seed", "1", "--port", `${port.number}`);
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
    [["answer"], "Cannot judge an empty answer: give --kind, --service, --span, --trace"],
    [["answer", "--give-up", "--kind", "x"], "Cannot use --kind with --give-up"],
  ];
  for (const [args, message] of wrong) {
    const { code, status } = await runHere("fault", ...args);
    assertEquals(code, 2, args.join(" "));
    assertStringIncludes(status, message);
  }
});
