import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Class, createClass } from "../../lib/class/class_server.ts";
import type { ClassView } from "../../lib/class/class_view.ts";
import { EventReader } from "../helpers/event_reader.ts";

const STEPS = [{ id: "see-manual", label: "10", title: "See it", minutes: 10 }];
const ADA = { name: "Ada", step: "see-manual", state: "begun" };

async function withClass(
  fn: (running: Class, ask: Ask) => Promise<void>,
  options: { maxLearners?: number; now?: () => number } = {},
): Promise<void> {
  using running = createClass({
    hostname: "127.0.0.1",
    course: "A course",
    steps: STEPS,
    ...options,
  });
  await fn(running, (path, token, { headers, ...init } = {}) => {
    const authorization = token && { authorization: `Bearer ${token}` };
    const request = new Request(`http://localhost:4321${path}`, {
      ...init,
      headers: { host: "localhost:4321", ...authorization, ...headers },
    });
    return running.fetch(request);
  });
}

type Ask = (
  path: string,
  token?: string,
  init?: RequestInit & { headers?: Record<string, string> },
) => Promise<Response>;

/** Sends a body to where guides report; returns status and error. */
async function send(ask: Ask, token: string | undefined, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await ask("/api/class/reports", token, { method: "POST", body: text });
  const answer = await response.text();
  return { status: response.status, error: answer && JSON.parse(answer).error as string };
}

async function read(ask: Ask, token: string): Promise<ClassView> {
  return await (await ask("/api/class", token)).json();
}

Deno.test("a class shows reports to the teacher, live", async () => {
  await withClass(async ({ token, joinToken }, ask) => {
    const stream = await ask("/api/class/events", token);
    await using events = new EventReader(stream.body);
    assertEquals(await send(ask, joinToken, ADA), { status: 204, error: "" });
    assertEquals(await send(ask, joinToken, { ...ADA, name: " Bo ", link: "receiver" }), {
      status: 204,
      error: "",
    });
    const { course, learners } = await read(ask, token);
    assertEquals(course, "A course");
    assertEquals(learners.map(({ name, link }) => [name, link]), [
      ["Ada", undefined],
      ["Bo", "receiver"],
    ]);
    const { data } = await events.find("class");
    assertEquals((data as ClassView).learners[0]!.name, "Ada");
  });
});

Deno.test("a class accepts the fields of a report, and nothing else", async () => {
  await withClass(async ({ joinToken, roster }, ask) => {
    const wrong = [
      "{",
      [],
      null,
      { ...ADA, name: "" },
      { ...ADA, name: "x".repeat(41) },
      { ...ADA, name: 1 },
      { ...ADA, step: "../x" },
      { ...ADA, step: "a".repeat(65) },
      { ...ADA, state: "passed" },
      { ...ADA, link: "a b" },
      { ...ADA, traceId: "1" },
      { name: "Ada" },
    ];
    for (const body of wrong) {
      const { status, error } = await send(ask, joinToken, body);
      assertEquals(status, 400, JSON.stringify(body));
      assertStringIncludes(error, "Cannot read the report");
    }
    assertEquals((await send(ask, joinToken, { ...ADA, x: "x".repeat(5000) })).status, 413);
    assertEquals(roster.learners, []);
  });
});

Deno.test("a class has two secrets: one that reports, and one that reads", async () => {
  await withClass(async ({ token, joinToken }, ask) => {
    assertEquals((await send(ask, undefined, ADA)).status, 401);
    assertEquals((await send(ask, token, ADA)).status, 401);
    for (const path of ["/api/class", "/api/class/events", "/api/class/learners.csv", "/"]) {
      for (const wrong of [undefined, joinToken]) {
        const response = await ask(path, wrong);
        await response.body?.cancel();
        assertEquals(response.status, 401, path);
      }
    }
    assertEquals((await send(ask, joinToken, ADA)).status, 204);
    const reset = await ask("/api/class/reset", joinToken, { method: "POST" });
    await reset.body?.cancel();
    assertEquals(reset.status, 401);
    const own = await ask("/api/class/reset", token, { method: "POST" });
    assertEquals(await own.json(), { removed: 1 });
    assertEquals((await read(ask, token)).learners, []);
  });
});

Deno.test("a class rejects pages of other sites", async () => {
  await withClass(async ({ token }, ask) => {
    const response = await ask("/api/class", token, { headers: { origin: "https://a.example" } });
    await response.body?.cancel();
    assertEquals(response.status, 403);
  });
});

Deno.test("a class limits learners, and reports of each and of all", async () => {
  await withClass(async ({ joinToken }, ask) => {
    for (const name of ["Ada", "Bo"]) {
      assertEquals((await send(ask, joinToken, { ...ADA, name })).status, 204);
    }
    const full = await send(ask, joinToken, { ...ADA, name: "Cy" });
    assertEquals(full, { status: 409, error: "Cannot join: the class has 2 learners already" });
    const statuses = [];
    for (let i = 0; i < 10; i++) statuses.push((await send(ask, joinToken, ADA)).status);
    assertEquals(statuses, [...Array(9).fill(204), 429]);
    const flood = await Promise.all(
      Array.from({ length: 200 }, () => send(ask, joinToken, "{")),
    );
    assert(flood.some(({ status }) => status === 429));
  }, { maxLearners: 2, now: () => 1_000 });
});

Deno.test("the CSV of a class escapes what a spreadsheet would run, and control characters", async () => {
  await withClass(async ({ token, joinToken }, ask) => {
    await send(ask, joinToken, { ...ADA, name: '=1+"1",\u001b[2J' });
    await send(ask, joinToken, { ...ADA, name: "＝2" });
    const response = await ask("/api/class/learners.csv", token);
    const [, row, wide] = (await response.text()).split("\r\n");
    assertStringIncludes(wide!, "'＝2,");
    assertEquals(
      row,
      `"'=1+""1"",\\x1b[2J",10,See it,working,,1970-01-01T00:00:01.000Z,1970-01-01T00:00:01.000Z`,
    );
  }, { now: () => 1_000 });
});
