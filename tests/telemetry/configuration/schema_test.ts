import { assert, assertEquals } from "@std/assert";
import { SECTIONS } from "../../../lib/telemetry/configuration/schema_problems.ts";
import schema from "../../../lib/telemetry/configuration/schema/opentelemetry_configuration.json" with {
  type: "json",
};
import { compileSchema, VALIDATOR } from "../../../scripts/compile_schema.ts";
import { testWith } from "../../helpers/needs.ts";

testWith(
  ["read"],
  "the code that checks a configuration file is generated from its schema",
  async () => {
    const isCurrent = await Deno.readTextFile(VALIDATOR) === compileSchema();
    assert(isCurrent, 'lib/telemetry/configuration/schema/ has changed: run "deno task schema"');
  },
);

Deno.test("the sections of a configuration file are those of the schema", () => {
  const names = Object.keys(schema.properties).filter((name) => name !== "file_format");
  assertEquals(SECTIONS.toSorted(), names.sort());
});
