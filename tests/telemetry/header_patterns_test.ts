import { assertEquals, assertMatch } from "@std/assert";
import { optionsFromSettings } from "../../lib/instrumentation/http_settings.ts";
import { readHeaderPatterns } from "../../lib/telemetry/header_patterns.ts";

/** The recorded headers of a request, and the reports. */
async function capture(
  captureRequestHeaders: string[],
  sanitizeHeaders: string[],
  headers: Record<string, string>,
) {
  const reports: string[] = [];
  const http = await readHeaderPatterns(
    { captureRequestHeaders, sanitizeHeaders, knownMethods: ["GET"] },
    (line) => void reports.push(line),
  );
  assertEquals(http.knownMethods, ["GET"]);
  const captured = {};
  optionsFromSettings(http).headers?.addRequest?.(new Headers(headers), captured);
  const attributes = Object.fromEntries(
    Object.entries(captured).map((
      [key, value],
    ) => [key.replace("http.request.header.", ""), value]),
  );
  return { attributes, reports };
}

Deno.test("readHeaderPatterns() matches whole names, in any letter case", async () => {
  const headers = { cd: "1", ce: "2", xcd: "3", "x-tenant": "4", "x-secret-key": "5" };
  const { attributes, reports } = await capture(["C[de]", "X-.*"], [".*-secret-.*"], headers);
  assertEquals(attributes, {
    cd: ["1"],
    ce: ["2"],
    "x-tenant": ["4"],
    "x-secret-key": ["[REDACTED]"],
  });
  assertEquals(reports, []);
});

Deno.test("readHeaderPatterns() matches hostile names in linear time", async () => {
  const name = `${"a".repeat(30_000)}!`;
  const patterns = ["(a+)+", "(a|aa)+", ".*a.*a.*a.*b"];
  const { attributes } = await capture(patterns, ["(x*)*y"], { [name]: "1", aaa: "2" });
  assertEquals(attributes, { aaa: ["2"] });
});

Deno.test("readHeaderPatterns() hides values if it cannot tell which are secret", async () => {
  const { attributes, reports } = await capture(["x", "(?=y)y"], ["(?!x).*"], { x: "1", y: "2" });
  assertEquals(attributes, { x: ["[REDACTED]"] });
  assertMatch(reports[0]!, /^Cannot look for headers like "\(\?=y\)y": .*, so it is left out$/);
  assertMatch(reports[1]!, /so no value of any header is recorded$/);
});
