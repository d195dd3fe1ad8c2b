import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ClassView } from "../../../lib/class/class_view.ts";
import { classPage } from "../../../lib/cli/class/class_page.ts";
import { layOut } from "../../../lib/cli/screen/page.ts";
import { widthOf } from "../../../lib/cli/terminal/text.ts";

const NOW = 10 * 60_000;
const STATE = {
  joinLines: ["otel-kit guide --class URL", "or with 192.0.2.7 instead of room"],
  isByNeed: false,
  isClearing: false,
  isJoining: false,
  note: "",
};

/** A view with thirty learners, some of whom chose hostile names. */
function view(names: string[] = []): ClassView {
  const all = [...names, ...Array.from({ length: 30 - names.length }, (_, i) => `Learner ${i}`)];
  return {
    course: "A course",
    steps: [{ id: "see-it", label: "10", title: "See it", minutes: 10 }],
    learners: all.map((name, i) => ({
      name,
      step: "see-it",
      state: "begun",
      ...i === 20 && { link: "receiver" },
      stepSince: NOW - i * 60_000,
      seenAt: NOW,
    })),
    maxLearners: 100,
    at: NOW,
  };
}

function draw(
  shown: ClassView,
  { columns = 80, rows = 40, isByNeed = false, isJoining = false } = {},
): string[] {
  const canvas = { columns, rows, isColored: false, now: NOW };
  return layOut(classPage(shown, { ...STATE, isByNeed, isJoining }, canvas), 0, canvas);
}

Deno.test("the class shows thirty learners, with step, state and broken link", () => {
  const rows = draw(view());
  assertEquals(rows[0], " otel-kit class  30 learners: 1 stuck, 29 working");
  assertEquals(rows.filter((row) => row.includes("10 See it")).length, 30);
  const stuck = rows.find((row) => row.includes("Learner 20 "))!;
  assertStringIncludes(stuck.replaceAll(/ +/g, " "), "stuck receiver 20 min");
});

Deno.test("the class puts those first who may need help", () => {
  const rows = draw(view(), { isByNeed: true });
  assertStringIncludes(rows[3]!, "Learner 20");
  assertStringIncludes(rows[4]!, "Learner 29");
});

Deno.test("the class tells how to join: at first, and for anyone who is late", () => {
  const empty = { ...view(), learners: [] };
  assertStringIncludes(draw(empty).join("\n"), STATE.joinLines.join("\n "));
  assertEquals(draw(view()).filter((row) => row.includes("--class URL")), []);
  const rows = draw(view(), { rows: 24, isJoining: true });
  assertEquals(rows.length, 24);
  assertStringIncludes(rows.join("\n"), STATE.joinLines.join("\n "));
});

Deno.test("no name does anything to the terminal, or makes a row wider than it", () => {
  const names = ["\u001b[2J\u001b[H", "a\nb\rc", "李".repeat(40), "\u202Eevil", "x".repeat(40)];
  for (const columns of [30, 80, 200]) {
    for (const row of draw(view(names), { columns })) {
      // deno-lint-ignore no-control-regex
      assert(!/[\x00-\x1f\x7f-\x9f\u202e]/.test(row), JSON.stringify(row));
      assert(widthOf(row) <= columns, row);
    }
  }
});
