import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  findVariants,
  spanNameCardinalityHints,
} from "../../../lib/collector/hints/span_name_cardinality.ts";
import { EngineStore } from "../../helpers/engine_store.ts";
import { span, tracesRequest } from "../store/requests.ts";

Deno.test("findVariants() groups names that differ only in IDs", () => {
  const ids = Array.from({ length: 12 }, (_, i) => i);
  const kinds: Record<string, string[]> = {
    "GET /users/{id}": ids.map((i) => `GET /users/${i}`),
    "order {id} paid": ids.map(() => `order ${crypto.randomUUID()} paid`),
    "blob {id}": ids.map((i) => `blob ${i}a9f00cafe`),
    "mail {id}": ids.map((i) => `mail user${i}@example.org`),
  };
  for (const [template, names] of Object.entries(kinds)) {
    const [variants] = findVariants(names);
    assertEquals(variants, { template, count: 12, example: names[0]! }, template);
  }
});

Deno.test("findVariants() accepts many operations, and a few IDs", () => {
  const words = "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `GET /${letter.repeat(9)}`);
  assertEquals(findVariants(words), []);
  assertEquals(findVariants(["GET /v1/users", "GET /v2/users", "GET /users/:id", "facade"]), []);
  assertEquals(findVariants(Array.from({ length: 50 }, () => "GET /users/1")), []);
});

Deno.test("spanNameCardinalityHints() shows a trace with such a name", async () => {
  const store = new EngineStore();
  for (let i = 0; i < 20; i++) {
    const one = span(String(i + 1), "1", { name: `GET /users/${i}` });
    await store.add("traces", tracesRequest([one]));
  }
  const [hint, ...others] = await spanNameCardinalityHints(store);
  assertEquals(others, []);
  assertStringIncludes(hint?.title ?? "", `shop has 20 span names like "GET /users/{id}"`);
  assertEquals(hint?.evidence, {
    traceId: "1".padStart(32, "0"),
    detail: "GET /users/0",
  });
});
