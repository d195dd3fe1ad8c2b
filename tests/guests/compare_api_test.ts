import { assertEquals, assertStringIncludes } from "@std/assert";
import { createTestApi } from "../helpers/query_api.ts";

Deno.test("the side-by-side view accepts a path, and nothing else", async () => {
  const paths: string[] = [];
  using test = createTestApi({
    compare: {
      view: () => Promise.resolve({ modes: [] }),
      run(path) {
        paths.push(path);
        return Promise.resolve({ id: "a1", path, sentAt: 0, answers: [] });
      },
      find: (id) =>
        Promise.resolve(id === "a1" ? { id, path: "/", sentAt: 0, answers: [] } : undefined),
    },
  });
  const post = (body: string) => test.ask("/api/kit/compare", { method: "POST", body });
  assertEquals((await test.read("/api/kit/compare")).body, { modes: [] });
  const presence = { compare: { modes: [] }, guide: null };
  assertEquals((await test.read("/api/kit/guests")).body, presence);
  assertEquals(await (await post(`{"path":"/error?a=1"}`)).json(), {
    id: "a1",
    path: "/error?a=1",
    sentAt: 0,
    answers: [],
  });
  const wrong = [
    "",
    "{",
    "null",
    `"/error"`,
    `{"path":1}`,
    `{"path":"error"}`,
    `{"path":"//evil.example/"}`,
    String.raw`{"path":"/\\evil.example/"}`,
    `{"path":"/a b"}`,
    `{"path":"/${"x".repeat(1000)}"}`,
  ];
  for (const body of wrong) {
    const answer = await post(body);
    assertEquals(answer.status, 400, body.slice(0, 40));
    assertStringIncludes((await answer.json()).error, "Cannot read the body");
  }
  assertEquals(paths, ["/error?a=1"]);
  assertEquals((await test.read("/api/kit/compare/a1")).body.path, "/");
  const { status, body } = await test.read("/api/kit/compare/b2");
  assertEquals([status, body.error.startsWith("Cannot find the request")], [404, true]);
});

Deno.test("the side-by-side view is only available in the demo", async () => {
  using test = createTestApi();
  assertEquals((await test.read("/api/kit/compare")).status, 404);
  assertEquals((await test.read("/api/kit/compare/a1")).status, 404);
  assertEquals((await test.ask("/api/kit/compare", { method: "POST", body: "{}" })).status, 404);
});
