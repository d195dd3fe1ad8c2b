import { assertEquals, assertMatch } from "@std/assert";
import { ClassReporter } from "../../lib/class/class_reporter.ts";
import { startClassServer } from "../../lib/class/class_server.ts";
import { within } from "../helpers/patience.ts";

const FAST = { settleMillis: 1, repeatMillis: 5, retry: { firstMillis: 1, maxMillis: 5 } };

/** A server on a free port that answers, and records what it was sent. */
function startServer(answer: () => Response, port = 0) {
  const bodies: unknown[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen: () => {} },
    async (request) => {
      bodies.push([request.headers.get("authorization"), await request.json()]);
      return answer();
    },
  );
  return { server, bodies, port: server.addr.port };
}

/** A reporter, and its problems in the order in which they are told. */
function startReporter(port: number) {
  const problems: (string | undefined)[] = [];
  let told = Promise.withResolvers<void>();
  const reporter = new ClassReporter({
    url: `http://127.0.0.1:${port}/?token=secret`,
    name: "Ada",
    onProblem(problem) {
      problems.push(problem);
      told.resolve();
      told = Promise.withResolvers();
    },
    ...FAST,
  });
  /** Resolves when the last told problem is, or is not, one. */
  async function until(isProblem: boolean): Promise<void> {
    while (problems.length === 0 || (problems.at(-1) !== undefined) !== isProblem) {
      await within(told.promise, "the class to answer");
    }
  }
  return { reporter, problems, until };
}

Deno.test("the reporter sends the learner's standing, and nothing else", async () => {
  const { server, bodies, port } = startServer(() => new Response(null, { status: 204 }));
  const { reporter, until } = startReporter(port);
  reporter.update({ step: "a", state: "begun" });
  reporter.update({ step: "a", state: "begun", link: "receiver" });
  await until(false);
  await reporter[Symbol.asyncDispose]();
  await server.shutdown();
  assertEquals(bodies[0], [
    "Bearer secret",
    { name: "Ada", step: "a", state: "begun", link: "receiver" },
  ]);
});

Deno.test("a class that is away is reported, and told the latest once it is back", async () => {
  const first = startServer(() => new Response(null, { status: 204 }));
  const { reporter, problems, until } = startReporter(first.port);
  reporter.update({ step: "a", state: "begun" });
  await until(false);
  await first.server.shutdown();
  await until(true);
  assertMatch(problems.at(-1)!, /^Cannot report to the class at http:\/\/127\.0\.0\.1:\d+: /);
  reporter.update({ step: "b", state: "begun" });
  reporter.update({ step: "c", state: "done" });
  const back = startServer(() => new Response(null, { status: 204 }), first.port);
  await until(false);
  await reporter[Symbol.asyncDispose]();
  await back.server.shutdown();
  assertEquals(back.bodies[0], ["Bearer secret", { name: "Ada", step: "c", state: "done" }]);
});

Deno.test("the reporter shows a refusal without what it could do to a terminal", async () => {
  const refusal = () => Response.json({ error: "no\u001b[2J" }, { status: 409 });
  const { server, port } = startServer(refusal);
  const { reporter, problems, until } = startReporter(port);
  reporter.update({ step: "a", state: "begun" });
  await until(true);
  await reporter[Symbol.asyncDispose]();
  await server.shutdown();
  assertMatch(problems[0]!, /: no\\x1b\[2J\. The guide goes on/);
});

Deno.test("ending the reporter doesn't wait for a class that doesn't answer", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const gone = new AbortController();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, signal: gone.signal },
    () => {
      resolve();
      return new Promise<Response>(() => {});
    },
  );
  const { reporter, problems } = startReporter(server.addr.port);
  reporter.update({ step: "a", state: "begun" });
  await within(asked, "the request");
  await within(reporter[Symbol.asyncDispose](), "the end");
  gone.abort();
  assertEquals(problems, []);
});

Deno.test("a real class has what the reporter sent", async () => {
  await using running = startClassServer({
    hostname: "127.0.0.1",
    port: 0,
    course: "A course",
    steps: [],
    report: () => {},
  });
  const { promise: reported, resolve } = Promise.withResolvers<void>();
  using _ = running.roster.subscribe(() => resolve());
  await using reporter = new ClassReporter({
    url: `${running.url}/?token=${running.joinToken}`,
    name: "Ada",
    onProblem: () => {},
    ...FAST,
  });
  reporter.update({ step: "a", state: "shown" });
  await within(reported, "the report");
  assertEquals(running.roster.learners.map(({ name, state }) => [name, state]), [["Ada", "shown"]]);
});
