import { assertEquals, assertStringIncludes } from "@std/assert";
import type { GuideAction, GuideView } from "../../lib/guests/guide.ts";
import { EventReader } from "../helpers/event_reader.ts";
import { createTestApi } from "../helpers/query_api.ts";
import { startTestGuide } from "../helpers/test_guide.ts";

Deno.test("the guide's API performs actions, and rejects anything else", async () => {
  const guide = startTestGuide();
  using test = createTestApi({ guide: guide.handlers });
  const post = (body: unknown) =>
    test.ask("/api/kit/guide", { method: "POST", body: JSON.stringify(body) });
  const { body } = await test.read("/api/kit/guide");
  assertEquals((body as GuideView).step.id, guide.view.step.id);

  const right: GuideAction[] = [
    { do: "hint" },
    { do: "diff" },
    { goto: "see-manual" },
    { answer: { question: "why", choice: 1 } },
  ];
  for (const action of right) assertEquals((await post(action)).status, 200);
  assertEquals(guide.actions, right);
  for (
    const wrong of [null, "next", {}, { do: "quit" }, { goto: 1 }, { answer: { question: "why" } }]
  ) {
    const answer = await post(wrong);
    assertEquals(answer.status, 400);
    assertStringIncludes((await answer.json()).error, "Cannot read the body");
  }
  guide.refusal = "Cannot go there";
  const refused = await post({ goto: "nowhere" });
  assertEquals([refused.status, await refused.json()], [409, { error: "Cannot go there" }]);
});

Deno.test("the guide notifies clients of every change", async () => {
  const guide = startTestGuide();
  using test = createTestApi({ guide: guide.handlers });
  await using reader = new EventReader((await test.ask("/api/kit/events")).body);
  guide.change({ isPassed: true });
  assertEquals((await reader.find("guide")).data, { ...guide.view, isPassed: true });
});

Deno.test("the guide is only available in `otel-kit guide`", async () => {
  using test = createTestApi();
  assertEquals((await test.read("/api/kit/guide")).status, 404);
  assertEquals((await test.read("/api/kit/guests")).body, { compare: null, guide: null });
  assertEquals((await test.ask("/api/kit/guide", { method: "POST", body: "{}" })).status, 404);
});
