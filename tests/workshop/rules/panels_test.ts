import { assertEquals, assertMatch } from "@std/assert";
import { evaluatePanels } from "../../../lib/workshop/rules/panels.ts";
import { testWith } from "../../helpers/needs.ts";
import { closedUrl } from "../../helpers/ports.ts";

const RANGE = { from: 1000, to: 11_000, stepMillis: 5000 };
const RECORD = { name: "a", isAlert: false, expr: "sum(a)" };

/** A Prometheus with one answer, and the queries that it got. */
async function withPrometheus(
  answer: unknown,
  use: (url: string, asked: URLSearchParams[]) => Promise<void>,
): Promise<void> {
  const asked: URLSearchParams[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (got) => {
    asked.push(new URL(got.url).searchParams);
    return Response.json(answer);
  });
  await use(`http://127.0.0.1:${server.addr.port}`, asked);
}

function matrix(...result: [metric: Record<string, string>, values: [number, string][]][]) {
  return { data: { result: result.map(([metric, values]) => ({ metric, values })) } };
}

testWith(["net"], "evaluatePanels() asks for each rule's values in the range", async () => {
  const answer = matrix(
    [{ route: "/" }, [[1, "2"], [6, "NaN"], [11, "3.5"]]],
    [{ route: "/b" }, [[1, "NaN"]]],
  );
  await withPrometheus(answer, async (url, asked) => {
    assertEquals(await evaluatePanels([RECORD], url, RANGE), [
      { ...RECORD, series: [{ name: "route=/", points: [[1000, 2], [11_000, 3.5]] }] },
    ]);
    assertEquals(asked.map((one) => Object.fromEntries(one)), [
      { query: "sum(a)", start: "1", end: "11", step: "5" },
    ]);
  });
});

testWith(["net"], "evaluatePanels() says why there is nothing to draw", async () => {
  await withPrometheus(matrix(), async (url, asked) => {
    const rules = [{ ...RECORD, expr: "" }, RECORD, { ...RECORD, isAlert: true }];
    const panels = await evaluatePanels(rules, url, RANGE);
    assertEquals(panels.map(({ problem }) => problem), [
      "It has no expr yet.",
      "It had no result in this time.",
      undefined,
    ]);
    assertEquals(asked.length, 2);
  });
  await withPrometheus({ status: "error", error: "parse error" }, async (url) => {
    const [panel] = await evaluatePanels([RECORD], url, RANGE);
    assertEquals(panel!.problem, "It isn't valid PromQL: parse error");
  });
  const [panel] = await evaluatePanels([RECORD], closedUrl(), RANGE);
  assertMatch(panel!.problem!, /^Prometheus doesn't respond at http:.*\.$/);
});
