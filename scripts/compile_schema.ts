/**
 * Compiles the schema of configuration files into code, because compiling it at runtime would add a tenth of a
 * second to every start with such a file. Run `deno task schema` when the schema or ajv changes; a test fails
 * if you forget.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import schema from "../lib/telemetry/configuration/schema/opentelemetry_configuration.json" with {
  type: "json",
};

/** The path of the generated code. */
export const VALIDATOR = new URL(
  "../lib/telemetry/configuration/schema/validator.js",
  import.meta.url,
);

// The directives turn off the formatter, even if it is run on this very file.
const HEADER = "// deno-fmt-ignore-file\n// deno-lint-ignore-file\n" +
  "// Made by scripts/compile_schema.ts from opentelemetry_configuration.json: do not edit.\n";

/** A JavaScript module: its default export is ajv's function, which finds all errors. */
export function compileSchema(): string {
  const ajv = new Ajv2020({
    allErrors: true,
    code: { source: true, esm: true },
    inlineRefs: false,
    strict: false,
  });
  return HEADER + standalone.default(ajv, ajv.compile(withoutDescriptions(schema) as object));
}

/** They would be in the code, but in no message. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(name === "description" && typeof member === "string"))
      .map(([name, member]) => [name, withoutDescriptions(member)]),
  );
}

if (import.meta.main) await Deno.writeTextFile(VALIDATOR, compileSchema());
