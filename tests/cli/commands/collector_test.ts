import { assert, assertEquals, assertMatch } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { ANY_PORTS, postSpan } from "../../helpers/collector_program.ts";
import { testWith } from "../../helpers/needs.ts";
import { encodeSpan } from "../../helpers/otlp_proto.ts";
import { fromSources, runProgram, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { holdPort, isFree } from "../../helpers/ports.ts";

const NEEDS = ["net", "env", "read", "run", "sys"] as const;
const STOPS = [...NEEDS, "signals"] as const;

testWith(STOPS, "collector receives, answers queries, and prints counts at the end", async () => {
  const urls: string[] = [];
  await withProgram(["collector", ...ANY_PORTS], {}, async (program) => {
    const http = endpoint(program.stderr, "OTLP/HTTP");
    urls.push(program.url, http, endpoint(program.stderr, "OTLP/gRPC"));
    assert(program.stderr.includes(`export OTEL_EXPORTER_OTLP_ENDPOINT=${http}`));
    assertEquals(await send(http, "checkout"), 200);
    const list = await (await fetch(`${program.url}/api/kit/traces`)).json();
    assertEquals(list.traces[0].root.name, "checkout");
    const refused = await fetch(`${http}/v1/traces`, { method: "POST", body: "x" });
    await refused.body?.cancel();
    assertEquals(refused.status, 415);

    const { code, stderr } = await program.stop("SIGINT");
    assertEquals(code, 0);
    assertMatch(stderr, /Requests: 1 accepted, 1 refused\n/);
    assertMatch(stderr, /Spans: 1 received, 1 kept, 0 evicted, 0 rejected\n/);
  });
  for (const url of urls) assert(isFree(Number(new URL(url).port)), url);
});

testWith(STOPS, "collector prints its counts even if a sender never ends its request", async () => {
  await withProgram(["collector", ...ANY_PORTS], {}, async (program) => {
    const port = Number(new URL(endpoint(program.stderr, "OTLP/HTTP")).port);
    using sender = await Deno.connect({ hostname: "127.0.0.1", port });
    const head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n" +
      "content-type: application/x-protobuf\r\n\r\n";
    await sender.write(new TextEncoder().encode(head));
    // Its head has been read by the time that a second request is answered.
    assertEquals(await send(`http://127.0.0.1:${port}`, "whole"), 200);
    const { code, stderr } = await program.stop();
    assertEquals(code, 0);
    assertMatch(stderr, /Spans: 1 received, 1 kept/);
  });
});

testWith(
  NEEDS,
  "collector imports what it exported, and rejects anything that is not OTLP",
  async () => {
    await withProgram(["collector", ...ANY_PORTS], {}, async (program) => {
      await send(endpoint(program.stderr, "OTLP/HTTP"), "once");
      const data = `${program.url}/api/kit/data`;
      const lines = await (await fetch(`${data}?signal=traces`)).text();
      await fetch(data, { method: "DELETE" });
      const post = async (body: string) =>
        await (await fetch(data, { method: "POST", body })).json();
      assertEquals((await post(lines)).accepted, 1);
      assertMatch((await post("no JSON")).error, /^Cannot import: /);
      const list = await (await fetch(`${program.url}/api/kit/traces`)).json();
      assertEquals(list.traces[0].root.name, "once");
    });
  },
);

testWith(STOPS, "collector reports what it evicted", async () => {
  await withProgram(["collector", ...ANY_PORTS, "--max-traces=2"], {}, async (program) => {
    const http = endpoint(program.stderr, "OTLP/HTTP");
    for (let i = 0; i < 5; i++) await send(http, `span ${i}`);
    assertMatch((await program.stop()).stderr, /Spans: 5 received, 2 kept, 3 evicted, 0 rejected/);
  });
});

testWith(
  STOPS,
  "collector forwards, reports an unreachable endpoint once, and counts",
  async () => {
    await using receiver = startHttpReceiver();
    const flags = [...ANY_PORTS, `--forward=${receiver.url}`];
    await withProgram(["collector", ...flags], {}, async (program) => {
      await send(endpoint(program.stderr, "OTLP/HTTP"), "passed on");
      assertEquals((await receiver.waitForSpans(1))[0]?.name, "passed on");
      const { stderr } = await program.stop();
      assert(stderr.includes(`forwards to   ${receiver.url}`));
      assert(stderr.includes(`Requests forwarded to ${receiver.url}: 1 sent, 0 failed, 0 dropped`));
    });
  },
);

testWith(STOPS, "collector starts even if nothing listens at the forwarding endpoint", async () => {
  using port = holdPort();
  const forward = `http://127.0.0.1:${port.number}`;
  port[Symbol.dispose]();
  await withProgram(["collector", ...ANY_PORTS, `--forward=${forward}`], {}, async (program) => {
    assertMatch(program.stderr, /Cannot forward to .* yet: connection refused/);
    assertEquals(await send(endpoint(program.stderr, "OTLP/HTTP"), "kept"), 200);
    await program.waitFor("stderr", `Cannot forward traces to ${forward}: connection refused.`);
    assertMatch(
      (await program.stop()).stderr,
      /: 0 sent, 1 failed, 0 dropped; last: traces/,
    );
  });
});

testWith(NEEDS, "collector reports a port that is in use by another program", async () => {
  using port = holdPort();
  for (const flag of ["--http-port", "--grpc-port", "--ui-port"]) {
    const args = ["collector", ...ANY_PORTS, `${flag}=${port.number}`];
    const { code, stderr } = await runProgram(args);
    assertEquals(code, 1);
    assertMatch(stderr, new RegExp(`Cannot listen on 127.0.0.1:${port.number}: .* has the port`));
    assertMatch(stderr, new RegExp(`Choose another with ${flag}`));
  }
});

testWith(
  NEEDS,
  "collector reports why it cannot identify the program that uses the port",
  async () => {
    using port = holdPort();
    const { stderr } = await runProgram(["collector", ...ANY_PORTS, `--ui-port=${port.number}`]);
    const somebody = /: another program, perhaps a collector \(not known which: .*\) has the port/;
    assertMatch(stderr, somebody);
  },
);

testWith([...NEEDS, "shell"], "collector names the program that uses the port", async () => {
  using port = holdPort();
  const { command, args: [run, ...args] } = fromSources();
  const { stderr } = await runProgram(["collector", ...ANY_PORTS, `--ui-port=${port.number}`], {
    launch: { command, args: [run!, "--allow-run=cat,ls,lsof", ...args] },
  });
  assertMatch(stderr, new RegExp(`: deno \\(process ${Deno.pid}\\) has the port`));
});

testWith(NEEDS, "collector rejects invalid values", async () => {
  for (
    const [flag, message] of [
      ["--http-port=70000", 'Cannot use --http-port "70000": expected an integer from 0 to 65535'],
      ["--max-bytes=many", 'Cannot use --max-bytes "many": expected a number of bytes like 256MiB'],
      ["--max-traces=0", 'Cannot use --max-traces "0": expected an integer from 1 to'],
      ["--allow-host=a.example:80", 'Cannot use --allow-host "a.example:80": expected a name'],
      ["--forward=localhost:4317", 'Cannot use --forward "localhost:4317": expected an http or'],
      ["--ui-port=4318", "Cannot use --http-port 4318: it is the port of --ui-port too"],
      [
        "--forward=http://localhost:4318",
        'Cannot use --forward "http://localhost:4318": that is this collector',
      ],
      ["--db=", 'Cannot use --db "": expected a value'],
    ] as const
  ) {
    const { code, stderr } = await runProgram(["collector", flag]);
    assertEquals(code, 2, flag);
    assert(stderr.startsWith(message), stderr);
  }
});

testWith(
  [...NEEDS, "write"],
  "collector --db keeps everything between runs, and reports files that it cannot use",
  async () => {
    const directory = await Deno.makeTempDir();
    const { command, args } = fromSources();
    const launch = { command, args: ["run", `--allow-write=${directory}`, ...args.slice(1)] };
    const collect = ["collector", ...ANY_PORTS, `--db=${directory}/kept.db`];
    try {
      await withProgram(collect, { launch }, async (program) => {
        await send(endpoint(program.stderr, "OTLP/HTTP"), "kept");
      });
      await withProgram(collect, { launch }, async ({ url }) => {
        const list = await (await fetch(`${url}/api/kit/traces`)).json();
        assertEquals(list.traces[0].root.name, "kept");
      });
      const newer = `${directory}/kept.db`;
      const database = new DatabaseSync(newer);
      database.exec("PRAGMA user_version = 999");
      database.close();
      const refused = await runProgram(collect, { launch });
      assertEquals(refused.code, 1);
      assertMatch(
        refused.stderr,
        /Cannot use --db ".*kept\.db": it has format 999 of a newer otel-kit/,
      );

      const other = `${directory}/text.db`;
      await Deno.writeTextFile(other, "this is no database ".repeat(100));
      const { code, stderr } = await runProgram(
        ["collector", ...ANY_PORTS, `--db=${other}`],
        { launch },
      );
      assertEquals(code, 1);
      assertMatch(stderr, /^(The page is not built.*\n)?Cannot use --db ".*text\.db": /);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
);

testWith(NEEDS, "collector on another host requires the token that it prints", async () => {
  await withProgram(["collector", ...ANY_PORTS, "--host=0.0.0.0"], {}, async (program) => {
    const token = /\?token=(\S+)/.exec(program.stderr)?.[1];
    const port = new URL(endpoint(program.stderr, "OTLP/HTTP")).port;
    const http = `http://127.0.0.1:${port}`;
    assertEquals(await send(http, "without"), 401);
    assertEquals(await send(http, "with", { authorization: `Bearer ${token}` }), 200);
    assert(program.stderr.includes(`OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20${token}`));
  });
});

testWith(
  NEEDS,
  "collector listens on both loopback addresses, and accepts allowed hosts",
  async () => {
    const flags = [...ANY_PORTS, "--allow-host=otel.example", "--allow-host", "10.1.2.3"];
    await withProgram(["collector", ...flags], {}, async (program) => {
      const { port } = new URL(endpoint(program.stderr, "OTLP/HTTP"));
      const ui = new URL(program.url).port;
      for (const address of hasIpv6() ? ["127.0.0.1", "[::1]"] : ["127.0.0.1"]) {
        assertEquals(await send(`http://${address}:${port}`, "here"), 200, address);
        const ready = await fetch(`http://${address}:${ui}/-/ready`);
        assertEquals(ready.status, 200, address);
        await ready.body?.cancel();
      }
      const statuses = [["otel.example", 200], ["10.1.2.3", 200], ["other.example", 403]] as const;
      for (const [host, status] of statuses) {
        const head = await askByHand(
          Number(port),
          `POST /v1/traces HTTP/1.1\r\nhost: ${host}\r\n` +
            "content-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
        );
        assertMatch(head, new RegExp(`^HTTP/1.1 ${status} `), host);
      }
    });
  },
);

/** Whether this machine has the IPv6 loopback address. */
function hasIpv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}

/** Sends an arbitrary request, and returns the whole response. */
async function askByHand(port: number, request: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(request));
  return await new Response(connection.readable).text();
}

function endpoint(stderr: string, name: string): string {
  return new RegExp(`${name} +(http:\\S+)`).exec(stderr)?.[1] ?? "";
}

function send(url: string, name: string, headers?: Record<string, string>): Promise<number> {
  return postSpan(url, encodeSpan(name), headers);
}

testWith(STOPS, "collector takes the token of OTEL_KIT_TOKEN, and --check needs none", async () => {
  const token = "secret-of-16-or-more";
  const options = { env: { OTEL_KIT_TOKEN: token } };
  const flags = ["collector", "--host=0.0.0.0", ...ANY_PORTS];
  const check = await withProgram(flags, options, async (program) => {
    assert(program.stderr.includes("?token=$OTEL_KIT_TOKEN\n"));
    assert(!program.stderr.includes(token));
    const port = /http:\/\/\S+:(\d+)\/\?token/.exec(program.stderr)?.[1];
    const url = `http://127.0.0.1:${port}`;
    const authorization = `Bearer ${token}`;
    const list = await fetch(`${url}/api/kit/traces`, { headers: { authorization } });
    assertEquals((await list.json()).traces, []);
    const refused = await fetch(`${url}/api/kit/traces`);
    await refused.body?.cancel();
    assertEquals(refused.status, 401);

    const check = ["collector", "--check", "--host=0.0.0.0", `--ui-port=${port}`];
    const { code, stdout } = await runProgram(check);
    assertEquals([code, stdout], [0, "otel-kit is healthy.\n"]);
    return check;
  });
  const { code, stderr } = await runProgram(check);
  assertEquals(code, 1);
  assertMatch(stderr, /^No collector runs: http:\/\/127\.0\.0\.1:\d+\/-\/healthy: /);
});

testWith(
  NEEDS,
  "collector refuses a token that could be guessed, and does not print it",
  async () => {
    const options = { env: { OTEL_KIT_TOKEN: "short" } };
    const { code, stderr } = await runProgram(["collector", ...ANY_PORTS], options);
    assertEquals(code, 2);
    assertMatch(stderr, /^Cannot use OTEL_KIT_TOKEN: expected at least 16 letters/);
    assert(!stderr.includes("short"));
  },
);
