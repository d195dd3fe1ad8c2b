import { assert, assertEquals, assertMatch } from "@std/assert";
import { stripAnsiCode } from "../../helpers/ansi.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { freePort } from "../../helpers/ports.ts";
import { runProgram } from "../../helpers/program.ts";
import { postSpan, withCollector } from "../../helpers/collector_program.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;

/** A name that tries to set colors, move the cursor, set the title, and reverse the text direction. */
const HOSTILE = "\x1b[31mred\x1b]0;title\x07\r\n\u202egnp.exe\x9b2J";

const ERROR = { status: { code: 2, message: "it broke" } };
const EXCEPTION = {
  ...ERROR,
  events: [{
    name: "exception",
    attributes: [
      { key: "exception.type", value: { stringValue: "RangeError" } },
      { key: "exception.message", value: { stringValue: "Division by zero" } },
      {
        key: "exception.stacktrace",
        value: {
          stringValue: "RangeError: Division by zero\n" +
            "    at file:///x/node_modules/hono/dist/hono.js:1:2\n" +
            "    at file:///home/me/shop/apps/base.ts:9:40",
        },
      },
    ],
  }],
};

testWith(
  NEEDS,
  "traces lists the newest first, filtered, in lines that fit the terminal",
  async () => {
    await withCollector(async ({ uiUrl, httpUrl }) => {
      await postSpan(httpUrl, encodeSpan("GET /"));
      await postSpan(httpUrl, encodeSpan("GET /error", ERROR));
      const ask = ["traces", "--ui-url", uiUrl];
      const { code, stdout, stderr } = await runProgram(ask);
      assertEquals(code, 0);
      assertMatch(
        stdout,
        /✕ GET \/error .*shop .*5\.00 ms\n.*1 span, 1 error\n.*GET \/ .*\n.*1 span\n/,
      );
      assertEquals(stderr, "2 of 2 that match, 2 kept\n");
      for (const line of stdout.split("\n")) assert([...line].length <= 80, line);

      const errors = (await runProgram([...ask, "--status", "error", "--json"])).stdout;
      const [line, rest] = errors.split("\n");
      assertEquals([JSON.parse(line!).root.name, rest], ["GET /error", ""]);
      const none = await runProgram([...ask, "--service=other", "--min-duration=1s"]);
      assertEquals(none.stdout, "");
    });
  },
);

testWith(
  NEEDS,
  "traces ID prints a tree with events, and exceptions with their location",
  async () => {
    await withCollector(async ({ uiUrl, httpUrl }) => {
      const ids = { traceId: new Uint8Array(16).fill(7) };
      const parent = new Uint8Array(8).fill(1);
      const start = Date.now();
      const at = (from: number, to: number) => ({
        ...ids,
        startTimeUnixNano: `${start + from}000000`,
        endTimeUnixNano: `${start + to}000000`,
      });
      await postSpan(httpUrl, encodeSpan("GET /error", { ...at(0, 10), spanId: parent }));
      await postSpan(
        httpUrl,
        encodeSpan("divide", { ...at(5, 10), ...EXCEPTION, parentSpanId: parent }),
      );
      const lost = new Uint8Array(8).fill(9);
      await postSpan(httpUrl, encodeSpan("lost", { ...at(8, 9), ...ERROR, parentSpanId: lost }));
      const id = "07".repeat(16);
      const { stdout } = await runProgram(["traces", id, "--ui-url", uiUrl]);
      assertMatch(stdout, /^Trace 0707.*\n.*10\.0 ms {2}spans: 3, with errors: 2\nshop\n/);
      assertMatch(stdout, / {2}GET \/error +0 ns +10\.0 ms █{11}░+\n/);
      assertMatch(stdout, /✕ {3}divide +5\.00 ms +5\.00 ms +█+\n/);
      assertMatch(stdout, /exception RangeError: Division by zero at apps\/base\.ts:9\n/);
      assertMatch(stdout, /\(parent has not arrived\).*░\n +span 0909090909090909\n✕ +lost /);
      assertMatch(stdout, /\nHints\n! /);
      for (const line of stdout.split("\n")) assert([...line].length <= 80, line);
      const json = JSON.parse(
        (await runProgram(["traces", id, "--json", "--ui-url", uiUrl])).stdout,
      );
      assertEquals(json.resourceSpans[0].scopeSpans[0].spans[0].traceId, id);
    });
  },
);

testWith(NEEDS, "traces ID shows equal calls as one line, with their sum", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const traceId = new Uint8Array(16).fill(6);
    const parentSpanId = new Uint8Array(8).fill(1);
    await postSpan(httpUrl, encodeSpan("GET /orders", { traceId, spanId: parentSpanId }));
    for (let call = 0; call < 12; call++) {
      const status = call === 0 ? ERROR : {};
      await postSpan(httpUrl, encodeSpan("SELECT", { traceId, parentSpanId, kind: 3, ...status }));
    }
    const { stdout } = await runProgram(["traces", "latest", "--ui-url", uiUrl]);
    assertMatch(stdout, /✕ {3}12 × SELECT .* 60\.0 ms .*\n +equal spans.*, 1 with errors\n/);
    assertEquals(stdout.match(/SELECT +\d/g)!.length, 1, stdout);
  });
});

testWith(NEEDS, "traces keeps a sender's control characters out of the terminal", async () => {
  await withCollector(async ({ uiUrl, httpUrl }) => {
    const attributes = [{ key: "exception.message", value: { stringValue: HOSTILE } }];
    await postSpan(
      httpUrl,
      encodeSpan(HOSTILE, {
        traceId: new Uint8Array(16).fill(5),
        status: { code: 2, message: HOSTILE },
        events: [{ name: HOSTILE }, { name: "exception", attributes }],
      }),
    );
    for (const args of [["traces"], ["traces", "05".repeat(16)]]) {
      const { stdout } = await runProgram([...args, "--ui-url", uiUrl]);
      assert(stdout.includes("\\x1b[31mred") || stdout.includes("\\x1b"), stdout);
      assertEquals(stripAnsiCode(stdout), stdout);
      // deno-lint-ignore no-control-regex
      assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/.test(stdout), JSON.stringify(stdout));
    }
  });
});

testWith(NEEDS, "traces reports an invalid flag before it sends a request", async () => {
  const wrong = {
    "--min-duration": "soon",
    "--limit": "0",
    "--status": "bad",
    "--attribute": "k",
    "--text": "x".repeat(1001),
  };
  for (const [flag, value] of Object.entries(wrong)) {
    const { code, stderr } = await runProgram(["traces", "--ui-url=1", flag, value]);
    assertEquals(code, 2, stderr);
    assertMatch(stderr, new RegExp(`^Cannot use ${flag} "${value.slice(0, 100)}…?": expected `));
  }
});

testWith(NEEDS, "traces marks the error in a query before it sends a request", async () => {
  const query = "service:shop duration>slow";
  const { code, stderr } = await runProgram(["traces", "--ui-url=1", "--query", query]);
  assertEquals(code, 2, stderr);
  const [message, shown, mark] = stderr.split("\n");
  assertMatch(message!, /^Cannot use --query\. Cannot compare duration with "slow": expected a d/);
  assertEquals(shown, `  ${query}`);
  assertEquals(mark, `  ${" ".repeat(query.indexOf("slow"))}^^^^`);
});

testWith(NEEDS, "traces, tail, and compare report that no otel-kit collector answers", async () => {
  const answers = [
    () => new Response("<html>", { headers: { "content-type": "text/html" } }),
    () => Response.json({}),
    () => Response.json({ code: 5, message: "Not found" }, { status: 404 }),
  ];
  for (const answer of answers) {
    await using server = Deno.serve({ port: 0, onListen() {} }, answer);
    for (const args of [["traces"], ["traces", "0123456"], ["tail"], ["compare", "/"]]) {
      const { code, stderr } = await runProgram([...args, "--ui-url", `${server.addr.port}`]);
      assertEquals(code, 1, stderr);
      assertMatch(
        stderr,
        /^Cannot ask http:\S+: the server there is not an otel-kit/,
      );
    }
  }
});

testWith(
  NEEDS,
  "traces shows several by the prefixes of their IDs, and the latest",
  async () => {
    await withCollector(async ({ httpUrl, uiUrl }) => {
      const send = (name: string, ...first: number[]) => {
        const traceId = new Uint8Array(16).fill(7);
        traceId.set(first);
        return postSpan(httpUrl, encodeSpan(name, { traceId }));
      };
      await send("GET /first", 1);
      await send("GET /second", 2);
      const traces = async (...args: string[]) =>
        (await runProgram(["traces", ...args, "--ui-url", uiUrl])).stdout;
      assertMatch(
        await traces("0107070", `00-02${"07".repeat(15)}-0000000000000001-01`),
        /GET \/first[^]*GET \/second/,
      );
      const latest = await traces("latest");
      assertMatch(latest, /GET \/second/);
      assertEquals(latest.includes("GET /first"), false);
      assertMatch(await traces("latest", "--query", "name:*first"), /GET \/first/);
      await send("GET /third", 1, 7, 7, 7, 8);
      const { code, stderr } = await runProgram(["traces", "0107070", "--ui-url", uiUrl]);
      assertEquals(code, 1);
      assertMatch(stderr, /more than one trace has an id that begins like this, such as 0107/);
    });
  },
);

testWith(NEEDS, "traces reports the problem: no collector, no trace, no ID", async () => {
  await withCollector(async ({ uiUrl }) => {
    const unknown = await runProgram(["traces", "abcdef0", "--ui-url", uiUrl]);
    assertEquals(unknown.code, 1);
    assertMatch(
      unknown.stderr,
      /^Cannot show trace "abcdef0": http:\S+ does not have it\. To list what/,
    );
  });
  const port = freePort();
  const absent = await runProgram(["traces", "--ui-url", String(port)]);
  assertEquals(absent.code, 1);
  const reason = `Cannot ask http://127.0.0.1:${port}: connection refused. Start`;
  assertEquals(absent.stderr.slice(0, reason.length), reason);
  for (
    const args of [["traces", "xyz"], ["traces", "latest", "abc"], ["traces", "--ui-url=ftp://x"]]
  ) {
    assertEquals((await runProgram(args)).code, 2);
  }
});
