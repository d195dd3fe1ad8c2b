import { assertEquals } from "@std/assert";
import { ROUTE_GROUPS } from "../scripts/reference/http_api.ts";
import { REFERENCE, referencePages } from "../scripts/write_reference.ts";
import { testWith } from "./helpers/needs.ts";
import { createTestApi } from "./helpers/query_api.ts";

testWith(["read", "run"], "docs/reference/ is what `deno task reference` writes", async () => {
  const written: Record<string, string> = {};
  for await (const { name } of Deno.readDir(REFERENCE)) {
    written[name] = await Deno.readTextFile(new URL(name, REFERENCE));
  }
  assertEquals(written, await referencePages());
});

Deno.test("the reference of the HTTP API lists what the page's port answers", () => {
  using test = createTestApi();
  // Without what a parameter may contain, which is Hono's notation.
  const nameOf = ({ method, path }: { method: string; path: string }) =>
    `${method} ${path.replaceAll(/\{.*?\}/g, "")}`;
  const listed = ROUTE_GROUPS.flatMap(({ routes }) => routes.map(nameOf));
  assertEquals(listed.toSorted(), test.api.routes.map(nameOf).toSorted());
});
