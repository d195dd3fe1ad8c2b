import { assert, assertEquals, assertMatch } from "@std/assert";
import { testWith } from "./helpers/needs.ts";
import { closedUrl, sentNowhere } from "./helpers/ports.ts";
import { poll } from "./helpers/poll.ts";
import { fromSources, runProgram, withApp, withProgram } from "./helpers/program.ts";
import { type Receiver, startGrpcReceiver, startHttpReceiver } from "./helpers/receiver.ts";

const NEEDS = ["net", "env", "read", "run"] as const;
const STOPS = [...NEEDS, "signals"] as const;

/** Batches are sent immediately, so that no test waits for five seconds. */
const AT_ONCE = { OTEL_BSP_SCHEDULE_DELAY: "10" };

const PLAIN = "Hello, World! from our plain Hono App\n";
const MANUAL = "Hello, World! from our Manually Instrumented Hono App\n";

async function get(url: string, init?: RequestInit): Promise<[status: number, body: string]> {
  const response = await fetch(url, init);
  return [response.status, await response.text()];
}

for (const mode of ["base", "manual", "middleware", "auto"]) {
  testWith(NEEDS, `serve --mode ${mode} answers, and survives an error`, async () => {
    const flags = mode === "base" ? [] : ["--traces-exporter", "none"];
    const env = sentNowhere();
    await withApp(["serve", "--mode", mode, ...flags], { env }, async ({ url, stderr }) => {
      const response = await fetch(url);
      assertEquals(response.headers.get("content-type"), "text/plain; charset=UTF-8");
      assertEquals(await response.text(), mode === "manual" ? MANUAL : PLAIN);
      assertEquals(await get(`${url}/error`), [500, "Internal Server Error"]);
      assertEquals((await get(url))[0], 200);
      assert(stderr.includes(`try           curl -i ${url}/`));
    });
  });
}

for (const app of ["base", "manual", "middleware", "auto"]) {
  testWith(NEEDS, `apps/${app}.ts runs alone`, async () => {
    const launch = fromSources(`apps/${app}.ts`);
    // The port is fixed in the lesson; this variable makes Deno use another one.
    const env = { DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0", ...AT_ONCE, ...sentNowhere() };
    await withProgram([], { launch, env, ready: "/\n" }, async (program) => {
      assertEquals(await get(program.url), [200, app === "manual" ? MANUAL : PLAIN]);
      if (app === "manual" || app === "middleware") await program.waitFor("stdout", "traceId");
    });
  });
}

testWith(NEEDS, "auto prints each span immediately with the console exporter", async () => {
  const env = sentNowhere();
  await withApp(["auto", "--traces-exporter", "console"], { env }, async (program) => {
    await get(`${program.url}/error`);
    await program.waitFor("stdout", 'name: "exception"');
    assertMatch(program.stdout, /name: "GET \/error"/);
    assertMatch(program.stdout, /"service.name": "MyHonoAppInProductionAuto"/);
    assertMatch(program.stdout, /apps\/base\.ts:\d+:\d+/);
  });
});

testWith(
  NEEDS,
  "the tutorial's command line works as pasted, and reports that it sends over gRPC",
  async () => {
    await using receiver = startReceiverOn(4317, startGrpcReceiver);
    const line = "--traces_exporter otlp,console --service_name MyHonoAppInProductionAuto " +
      `--exporter_otlp_endpoint http://localhost:${receiver.port}`;
    const grpc = receiver.port === 4317 ? [] : ["--protocol", "grpc"];
    await withApp(["auto", ...line.split(" "), ...grpc], { env: AT_ONCE }, async (program) => {
      await get(program.url);
      const [span] = await receiver.waitForSpans(1);
      assertEquals(span?.resource["service.name"], "MyHonoAppInProductionAuto");
      assertEquals(span?.name, "GET /");
      assertMatch(program.stderr, /otlp \(grpc to http:\/\/localhost:\d+\), console/);
      if (receiver.port === 4317) {
        assertMatch(program.stderr, /over gRPC, because the port is 4317/);
      }
    });
  },
);

for (
  const [mode, service, names] of [
    ["manual", "MyHonoAppInProductionManual", ["root", "root"]],
    ["middleware", "MyHonoAppInProductionContrib", ["GET /", "GET /error"]],
    ["auto", "MyHonoAppInProductionAuto", ["GET /", "GET /error"]],
  ] as const
) {
  testWith(NEEDS, `serve --mode ${mode} sends to the endpoint from the environment`, async () => {
    await using receiver = startHttpReceiver();
    const env = { ...AT_ONCE, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    await withApp(["serve", "--mode", mode], { env }, async ({ url }) => {
      await get(url);
      await get(`${url}/error`);
      const spans = await receiver.waitForSpans(2);
      assertEquals(spans.map(({ name }) => name), [...names]);
      assertEquals(spans[0]?.resource["service.name"], service);
      assertEquals(spans[1]?.status, { code: 2, message: "Division by zero" });
      assert(spans[1]?.events.some(({ name }) => name === "exception"));
    });
  });

  testWith(NEEDS, `serve --mode ${mode} accepts the same settings as flags`, async () => {
    await using receiver = startHttpReceiver();
    const flags = [
      "--service-name=mine",
      "--resource-attributes=team=red",
      "--traces-exporter=otlp",
      `--endpoint=${receiver.url}`,
      "--protocol=http/json",
      "--bsp-schedule-delay=10",
      "--span-event-count-limit=0",
    ];
    await withApp(["serve", "--mode", mode, ...flags], {}, async ({ url }) => {
      await get(`${url}/error`);
      const [span] = await receiver.waitForSpans(1);
      assertEquals(span?.resource["service.name"], "mine");
      assertEquals(span?.resource["team"], "red");
      assertEquals(span?.events, []);
      assertEquals(receiver.requests[0]?.headers["content-type"], "application/json");
    });
  });
}

testWith(NEEDS, "serve --mode middleware captures the requested headers", async () => {
  await using receiver = startHttpReceiver();
  const env = {
    ...AT_ONCE,
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SERVER_REQUEST: "x-a",
  };
  await withApp(["serve", "--mode", "contrib"], { env }, async ({ url }) => {
    await get(url, { headers: { "x-a": "1", "x-b": "2" } });
    const [span] = await receiver.waitForSpans(1);
    assertEquals(span?.attributes["http.request.header.x-a"], ["1"]);
    assertEquals(span?.attributes["http.request.header.x-b"], undefined);
    assertEquals(span?.attributes["http.response.header.content-type"], [
      "text/plain; charset=UTF-8",
    ]);
  });
});

testWith(
  NEEDS,
  "a trace continues from one app to the next, and invalid contexts are ignored",
  async () => {
    await using receiver = startHttpReceiver();
    const env = { ...AT_ONCE, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    await withApp(["auto"], { env }, async ({ url }) => {
      const traceId = "12345678901234567890123456789012";
      const parent = `${traceId}-1234567890123456`;
      const contexts = [
        `00-${parent}-01`,
        `cc-${parent}-01-later`,
        `00-${parent}-01-extra`,
        `00-${parent}-01, 00-${parent}-01`,
        `ff-${parent}-01`,
        "x".repeat(1000),
      ];
      for (const traceparent of contexts) {
        assertEquals(await get(url, { headers: { traceparent, tracestate: "a=1" } }), [200, PLAIN]);
      }
      const spans = await receiver.waitForSpans(contexts.length);
      assertEquals(spans.map((span) => span.traceId === traceId), [
        ...[true, true, false, false, false, false],
      ]);
      assertEquals(spans.map((span) => span.traceState), ["a=1", "a=1", "", "", "", ""]);
    });
  },
);

testWith(STOPS, "requests of every kind are answered and recorded", async () => {
  await using receiver = startHttpReceiver();
  const env = { ...AT_ONCE, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  await withApp(["serve", "--mode", "middleware"], { env }, async ({ url, stop }) => {
    const port = Number(new URL(url).port);
    const raw = [
      "GET /%zz%?x=% HTTP/1.1\r\nHost: a\r\n",
      "BREW / HTTP/1.1\r\nHost: a\r\n",
      "get / HTTP/1.1\r\nHost: a\r\n",
      "TRACE / HTTP/1.1\r\nHost: a\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: a\r\n",
      `GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${"b".repeat(64 * 1024)}\r\n`,
      "GET / HTTP/1.1\r\nHost: \r\n",
      "GET / HTTP/1.1\r\nHost: a b@c:d\r\n",
      "GET http://other:99/ HTTP/1.1\r\nHost: a\r\n",
      "GET / HTTP/1.0\r\n",
      'GET /?q=\u00e9 HTTP/1.1\r\nHost: a\r\nForwarded: for=";;"\r\n',
    ];
    for (const head of raw) {
      assertMatch(await exchange(port, `${head}Connection: close\r\n\r\n`), /^HTTP\/1\.[01] \d{3}/);
    }
    assertEquals((await get(url))[0], 200);
    const { code } = await stop();
    assertEquals(code, 0);
  });
  const methods = receiver.spans.map(({ name, attributes }) => [
    name,
    attributes["http.request.method"],
    attributes["http.request.method_original"],
    attributes["url.path"],
  ]);
  assertEquals(methods.slice(0, 4), [
    ["GET", "GET", undefined, "/%zz%"],
    ["HTTP", "_OTHER", "BREW", "/"],
    ["HTTP", "_OTHER", "get", "/"],
    ["TRACE", "TRACE", undefined, "/"],
  ]);
});

for (const mode of ["manual", "middleware", "auto"]) {
  testWith(STOPS, `SIGTERM right after 20 requests loses no span in mode ${mode}`, async () => {
    await using receiver = startHttpReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_TRACES_EXPORTER: "otlp" };
    await withApp(["serve", "--mode", mode], { env }, async ({ url, stop }) => {
      await Promise.all(Array.from({ length: 20 }, () => get(url)));
      const { code, stderr } = await stop();
      assertEquals(code, 0);
      assertEquals(receiver.spans.length, 20);
      assertMatch(stderr, /Sent 20 of 20 spans to http:\/\/localhost:\d+\/v1\/traces\n/);
    });
  });
}

testWith(STOPS, "SIGINT ends the program even if connections are open", async () => {
  await withApp(["serve"], {}, async ({ url, stop }) => {
    using _ = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
    assertEquals((await stop("SIGINT")).code, 0);
  });
});

testWith(STOPS, "a second signal ends the program immediately", async () => {
  // A server that never answers keeps the program waiting.
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${silent.addr.port}` };
  await withApp(["auto"], { env }, async ({ url, signal, end, waitFor }) => {
    await (await fetch(url)).body?.cancel();
    signal("SIGTERM");
    await waitFor("stderr", "Stopping");
    signal("SIGTERM");
    assertEquals((await end()).code, 128 + 15);
  });
});

for (
  const [protocol, start] of [
    ["http/protobuf", startHttpReceiver],
    ["grpc", startGrpcReceiver],
  ] as const
) {
  testWith(STOPS, `an unreachable endpoint is reported once, over ${protocol}`, async () => {
    const free = start();
    const { port } = free;
    await free[Symbol.asyncDispose]();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      // Shorter than the delay before the second attempt.
      OTEL_EXPORTER_OTLP_TIMEOUT: "700",
      ...AT_ONCE,
    };
    await withApp(["auto"], { env }, async (program) => {
      for (let i = 0; i < 3; i++) assertEquals((await get(program.url))[0], 200);
      await program.waitFor("stderr", "Cannot send spans");
      // The server is back, and spans flow without restarting the program.
      await using receiver: Receiver = start({ port });
      await poll(async () => {
        await get(program.url);
        return receiver.spans.length > 0 ? { result: true } : { answer: "no span" };
      }, "the receiver that is back");
      await program.waitFor("stderr", "again");
      const { stderr } = await program.stop();
      assertEquals(stderr.match(/Cannot send spans/g)?.length, 1);
      assertMatch(stderr, /connection refused\. The app continues/);
      const counts = /Sent (\d+) of (\d+) spans to \S+, lost (\d+)/.exec(stderr)?.slice(1);
      const [sent = NaN, created = NaN, lost = NaN] = counts?.map(Number) ?? [];
      assertEquals(sent, receiver.spans.length);
      assertEquals(created, sent + lost);
    });
  });
}

testWith(
  STOPS,
  "a program with an unreachable endpoint still ends within five seconds",
  async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: closedUrl() };
    await withApp(["auto"], { env }, async ({ url, stop }) => {
      await get(url);
      const { code, stderr } = await stop();
      assertEquals(code, 0);
      assertMatch(stderr, /Sent 0 of 1 spans to \S+, lost 1: connection refused/);
    });
  },
);

testWith(NEEDS, "a port that is in use is reported, with exit code 1", async () => {
  await using taken = startHttpReceiver();
  const { code, stderr, stdout } = await runProgram(["serve", "--port", String(taken.port)]);
  assertEquals([code, stdout], [1, ""]);
  assertEquals(
    stderr,
    `Cannot listen on 127.0.0.1:${taken.port}: the port is in use (on macOS often by AirPlay). ` +
      "Choose another with --port\n",
  );
});

testWith(
  STOPS,
  "invalid flags start nothing; invalid variables are ignored with a warning",
  async () => {
    const wrong = [
      ["OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318", "a URL with its scheme, for example"],
      ["OTEL_TRACES_SAMPLER_ARG", "9", "a number from 0 to 1"],
      ["OTEL_TRACES_EXPORTER", "bogus", "otlp, console or zipkin, several separated by commas"],
      ["OTEL_EXPORTER_OTLP_HEADERS", "a", "key=value pairs"],
      ["OTEL_PROPAGATORS", "pigeon", "tracecontext, baggage, b3 or b3multi"],
    ] as const;
    for (const [variable, value, expected] of wrong) {
      const flag = `--${variable.slice(5).toLowerCase().replaceAll("_", "-")}`;
      const { code, stderr, stdout } = await runProgram(["auto", flag, value]);
      assertEquals([code, stdout], [2, ""]);
      assert(stderr.startsWith(`Cannot use ${flag}`), stderr);
      assert(stderr.includes(expected), stderr);
      assert(stderr.endsWith('Run "otel-kit auto --help" for usage\n'), stderr);
      assert(!stderr.includes("Listening"));
    }
    const env = { ...Object.fromEntries(wrong), OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: closedUrl() };
    await withApp(["serve", "--mode", "middleware"], { env }, async ({ url, stop }) => {
      assertEquals((await get(url))[0], 200);
      const { stderr } = await stop();
      for (const [variable] of wrong) {
        assertEquals(stderr.match(new RegExp(`Ignoring ${variable}[" :]`, "g"))?.length, 1, stderr);
      }
      assertEquals(stderr.match(/Warning/g)?.length, wrong.length);
    });
  },
);

testWith(
  NEEDS,
  "--print-config shows values and their origins, and no secrets",
  async () => {
    const { code, stdout, stderr } = await runProgram(
      ["serve", "--mode", "manual", "--traces-sampler=always_off", "--print-config"],
      { env: { OTEL_EXPORTER_OTLP_HEADERS: "a=secret", OTEL_BSP_MAX_QUEUE_SIZE: "1000" } },
    );
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /^OTEL_SERVICE_NAME +default +MyHonoAppInProductionManual$/m);
    assertMatch(stdout, /^OTEL_TRACES_EXPORTER +default +console,otlp$/m);
    assertMatch(stdout, /^OTEL_TRACES_SAMPLER +flag +always_off$/m);
    assertMatch(stdout, /^OTEL_BSP_MAX_QUEUE_SIZE +environment +1000$/m);
    assertMatch(stdout, /^OTEL_EXPORTER_OTLP_HEADERS +environment +\*\*\*$/m);
    assert(!stdout.includes("secret"));
  },
);

function startReceiverOn(
  port: number,
  start: (options: { port: number }) => Receiver,
): Receiver {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return start({ port });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return start({ port: 0 });
  }
}

/** Sends bytes, and returns everything that comes back. */
async function exchange(port: number, text: string): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  return await new Response(connection.readable).text();
}
