import { assert, assertEquals, assertMatch } from "@std/assert";
import { embeddedBackends } from "../../../lib/workshop/backends/backends.ts";
import { evaluate } from "../../../lib/workshop/conditions/evaluate.ts";
import type { Outcome } from "../../../lib/workshop/conditions/outcome.ts";
import type { Check } from "../../../lib/workshop/course/check.ts";
import { appRung } from "../../../lib/workshop/ladder/app.ts";
import { testWith } from "../../helpers/needs.ts";
import { countOwnTraffic } from "../../helpers/own_traffic.ts";
import { contextOf } from "../../helpers/workshop_backends.ts";

/** An app or a tool that answers every request with this text. */
async function withAnswer(
  text: string,
  use: (url: string, judge: (check: Check) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
  await using server = Deno.serve(options, () => new Response(text));
  const url = `http://127.0.0.1:${server.addr.port}`;
  const context = contextOf(
    { backends: embeddedBackends({ httpUrl: url, grpcUrl: url, uiUrl: url }) },
    { appUrl: url },
  );
  await use(url, (check) => evaluate({ id: "it", says: "It", fails: {}, check }, context));
}

/** Bodies that `JSON.parse` would refuse, or return in a changed form. */
const BODIES = [
  '{"price": 1.50,\n "items": [ ] }',
  '{"a":1,"a":2}',
  '{"id":12345678901234567890}',
  '{"e":1e2}',
  '["\\u00e9", "/"]',
  "[ok] all is well",
  "{{ template }}",
  "[",
  '\n  {"late": true}\n',
];

for (const body of BODIES) {
  const name = JSON.stringify(body);
  testWith(["net"], `an http condition compares ${name} as received`, async () => {
    await withAnswer(body, async (_url, judge) => {
      const look = (wanted: string) =>
        judge({ kind: "http", path: "/", status: 200, body: wanted } as Check);
      assertEquals((await look(body)).state, "passed");
      const other = await look("something else");
      assertEquals([other.state, other.reason], ["waiting", "wrong-body"]);
    });
  });
}

testWith(["net"], "an app with an answer that only looks like JSON has answered", async () => {
  await withAnswer("[ok] all is well", async (url) => {
    const way = {
      appUrl: url,
      backends: embeddedBackends({ httpUrl: url, grpcUrl: url, uiUrl: url }),
    };
    const rungs = await appRung({
      ...way,
      own: countOwnTraffic(),
      signals: [],
      startedAt: 0,
      command: "otel-kit",
      environment: { variables: {} },
    });
    assertEquals(rungs.map(({ name, isWhole }) => [name, isWhole]), [["app", true], [
      "answer",
      true,
    ], ["handler", true]]);
  });
});

/** Conditions that query a tool for data. */
const ASKING: [check: object, who: string][] = [
  [{ kind: "trace", service: "shop" }, "Jaeger"],
  [{ kind: "metric", name: "up" }, "Prometheus"],
  [{ kind: "log", service: "shop" }, "The collector"],
];

for (const text of ["<!DOCTYPE html>", "[", "null", "{}", "[]", '""']) {
  for (const [check, who] of ASKING) {
    testWith(["net"], `${who} that answers ${text} has found nothing`, async () => {
      await withAnswer(text, async (_url, judge) => {
        const { state, reason, found } = await judge(check as Check);
        assertEquals(state, "waiting");
        // A Jaeger without any services returns no names.
        if (reason === "no-service") assert(who === "Jaeger" && text !== "[", found);
        else assertMatch(`${reason}: ${found}`, new RegExp(`^unreachable: ${who} `));
      });
    });
  }
}
