/** How `--relay` affects a Deno program's telemetry. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVICE_NAME,
  ATTR_URL_FULL,
  ATTR_URL_QUERY,
} from "@opentelemetry/semantic-conventions";
import type { TestedDeno } from "../../helpers/denos.ts";
import { runProgram, sourcesThatRun } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { testWith } from "../../helpers/needs.ts";
import { programPath } from "../launching.ts";
import { NEEDS, testOnEach, to } from "./launching.ts";

const SERVER_KIND = 2;
const CLIENT_KIND = 3;

testOnEach("--relay always corrects Deno's telemetry, and changes nothing else", async (deno) => {
  await using receiver = startHttpReceiver();
  const { code, stderr } = await run(deno, ["--relay", "always"], to(receiver));
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "Relaying its telemetry: ");
  const ofDeno = receiver.spans.filter(({ scope }) => scope.name === "deno");
  const answered = ofDeno.filter((span) => ATTR_HTTP_RESPONSE_STATUS_CODE in span.attributes);
  assertEquals(answered.map(({ kind }) => kind).toSorted(), [SERVER_KIND, CLIENT_KIND]);
  for (const { attributes } of answered) {
    assertEquals(attributes[ATTR_HTTP_RESPONSE_STATUS_CODE], 200);
    assertMatch(String(attributes[ATTR_URL_FULL]), /\/own\?a=b&sig=REDACTED$/);
    assertEquals(attributes[ATTR_URL_QUERY], "a=b&sig=REDACTED");
  }
  assertEquals(ofDeno.length, 3);
  assert(!JSON.stringify(ofDeno).includes("secret"), JSON.stringify(ofDeno));
  const mine = receiver.spans.find(({ name }) => name === "mine")!.attributes;
  assertEquals(mine[ATTR_HTTP_RESPONSE_STATUS_CODE], "200");
  assertEquals(mine[ATTR_URL_QUERY], "a=b&sig=secret");
  assertEquals(receiver.logRecords.map(({ body }) => body), ["red"]);
});

testOnEach("with --relay never, Deno sends what it can, and the rest is reported", async (deno) => {
  await using receiver = startHttpReceiver();
  const env = { ...to(receiver), OTEL_RESOURCE_ATTRIBUTES: "list=1%2C2" };
  const { stderr } = await run(deno, ["--relay", "never"], env);
  assertMatch(
    stderr,
    /Warning: --relay never: Deno does not decode the attributes of the resource/,
  );
  assert(!stderr.includes("Relaying"), stderr);
  assertEquals(receiver.spans[0]!.resource.list, "1%2C2");
});

testOnEach(
  "the service's name and attributes are as given, with and without a relay",
  async (deno) => {
    for (const flags of [["--relay", "always"], ["--relay", "never"]]) {
      for (const name of [["--service-name", "shop"], ["--env", "OTEL_SERVICE_NAME=shop"]]) {
        await using receiver = startHttpReceiver();
        const env = {
          ...to(receiver),
          OTEL_RESOURCE_ATTRIBUTES: "service.name=other,team=a%20b%25,%C3%A9=%C3%BC",
        };
        const { stderr } = await run(deno, [...flags, ...name], env);
        const { resource } = receiver.spans[0]!;
        assertEquals([resource[ATTR_SERVICE_NAME], resource.team, resource["é"]], [
          "shop",
          "a b%",
          "ü",
        ], stderr);
      }
    }
  },
);

testOnEach("a dry run and --print-config report whether a relay would be used", async (deno) => {
  for (
    const [use, expected] of [
      ["always", /^Would relay its telemetry: /m],
      ["never", /^Would not relay its telemetry$/m],
    ] as const
  ) {
    for (const instead of ["--dry-run", "--print-config"]) {
      const { stderr } = await run(deno, ["--relay", use, instead], {});
      assertMatch(stderr, expected);
    }
  }
});

testWith(
  [...NEEDS, "shell"],
  "--relay is for Deno programs, and accepts three values",
  async () => {
    const launch = sourcesThatRun();
    const other = await runProgram(["auto", "--relay=always", "--", "sh", "-c", "exit 7"], {
      launch,
    });
    assertEquals(other.code, 7);
    assertMatch(other.stderr, /Warning: --relay: no effect; it is only for Deno programs/);
    const wrong = await runProgram(["auto", "--relay=often", "--", "sh", "-c", "exit 7"], {
      launch,
    });
    assertEquals(wrong.code, 2);
    assertStringIncludes(
      wrong.stderr,
      'Cannot use --relay "often": expected always, auto or never',
    );
  },
);

function run({ path }: TestedDeno, flags: string[], env: Record<string, string>) {
  const program = ["run", "--quiet", "--allow-net", programPath("signed_requests.ts")];
  return runProgram(["auto", ...flags, "--", path, ...program], { launch: sourcesThatRun(), env });
}
