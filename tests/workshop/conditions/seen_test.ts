import { assertEquals } from "@std/assert";
import { readResponse } from "../../../lib/cli/guide/saw.ts";
import { evaluate } from "../../../lib/workshop/conditions/evaluate.ts";
import type { SeenResponse } from "../../../lib/workshop/conditions/outcome.ts";
import type { SeenCheck } from "../../../lib/workshop/course/check.ts";
import { testWith } from "../../helpers/needs.ts";
import { contextOf, startFakeBackends } from "../../helpers/workshop_backends.ts";

const NOW = Date.now();
const FAILED: SeenResponse = { at: NOW, status: 500, body: "Internal Server Error" };
const CHECK: SeenCheck = { kind: "seen", status: 500, body: "Internal" };

const CASES: [string, SeenResponse[], string | undefined][] = [
  ["nothing", [], "not-seen"],
  ["a response from before the step", [{ ...FAILED, at: NOW - 60_000 }], "not-seen"],
  ["another status", [{ ...FAILED, status: 200 }], "wrong-status"],
  ["another body", [{ ...FAILED, body: "Hello" }], "wrong-body"],
  ["the response, and another one after it", [FAILED, { ...FAILED, status: 200 }], undefined],
  ["the response", [FAILED], undefined],
];

for (const [what, seen, reason] of CASES) {
  testWith(["net"], `a learner who shows ${what}: ${reason ?? "passes"}`, async () => {
    await using fake = startFakeBackends();
    const condition = { id: "saw", says: "You saw it", fails: {}, check: CHECK };
    const outcome = await evaluate(condition, contextOf(fake, { startedAt: NOW, seen }));
    assertEquals(outcome.reason, reason);
    assertEquals(outcome.state, reason ? "waiting" : "passed");
  });
}

const DATE = "Mon, 30 Nov 2026 09:20:31 GMT";
const HEAD = `HTTP/1.1 500 Internal Server Error\r\ndate: ${DATE}\r\nvary: x\r\n`;

const WRITTEN: [string, string][] = [
  ["as curl -i prints it", `${HEAD}\r\nOops`],
  ["after a byte order mark and an empty line", `\ufeff\r\n${HEAD}\r\nOops`],
  ["with the line ends of Unix", `${HEAD}\r\nOops`.replaceAll("\r", "")],
];

for (const [how, text] of WRITTEN) {
  Deno.test(`readResponse() reads a response ${how}`, () => {
    assertEquals(readResponse(text), { at: Date.parse(DATE), status: 500, body: "Oops" });
  });
}

Deno.test("readResponse() refuses a body without a status", () => {
  assertEquals(readResponse("Internal Server Error"), undefined);
});
