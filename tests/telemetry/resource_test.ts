import { assertEquals, assertMatch } from "@std/assert";
import { createResource } from "../../lib/telemetry/resource.ts";
import { testWith } from "../helpers/needs.ts";

testWith(["read"], "createResource() names a service without a name by its executable", () => {
  const { "service.name": name } = createResource().attributes;
  assertMatch(String(name), /^unknown_service:deno(\.exe)?$/);
  const named = createResource({ attributes: [{ name: "service.name", value: "shop" }] });
  assertEquals(named.attributes["service.name"], "shop");
});

Deno.test("createResource() keeps the types of attributes; without one they are strings", () => {
  const { attributes } = createResource({
    attributes_list: "listed=1,both=2",
    attributes: [
      { name: "both", value: 3, type: "int" },
      { name: "text", value: 3 },
      { name: "texts", value: [3, 4] },
      { name: "flag", value: true, type: "bool" },
      { name: "ratios", value: [0.5], type: "double_array" },
      { name: "none", value: null },
    ],
  });
  const { listed, both, text, texts, flag, ratios, none } = attributes;
  assertEquals({ listed, both, text, texts, flag, ratios, none }, {
    listed: "1",
    both: 3,
    text: "3",
    texts: ["3", "4"],
    flag: true,
    ratios: [0.5],
    none: undefined,
  });
});
