import { assert, assertEquals } from "@std/assert";
import * as stable from "@opentelemetry/semantic-conventions";
import * as incubating from "@opentelemetry/semantic-conventions/incubating";
import { RENAMED_ATTRIBUTES } from "../../../lib/collector/hints/renamed_attributes.ts";

Deno.test("every new name is a stable attribute, under the constant that the advice names", () => {
  const constants = new Map(Object.entries(stable));
  for (const name of Object.values(RENAMED_ATTRIBUTES).flat()) {
    const constant = `ATTR_${name.toUpperCase().replaceAll(".", "_")}`;
    assertEquals(constants.get(constant), name, constant);
  }
});

Deno.test("every old name was an attribute, and is not a stable one", () => {
  const known = new Set<unknown>(Object.values({ ...incubating, ...stable }));
  const current = new Set<unknown>(
    Object.entries(stable).filter(([key]) => key.startsWith("ATTR_")).map(([, name]) => name),
  );
  for (const name of Object.keys(RENAMED_ATTRIBUTES)) {
    assert(known.has(name), name);
    assert(!current.has(name), name);
  }
});
