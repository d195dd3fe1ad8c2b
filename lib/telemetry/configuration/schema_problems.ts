import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { ErrorObject } from "ajv/dist/2020.js";
import { escapeName } from "./json_pointer.ts";
// @ts-types="./schema/validator.d.ts"
import validate from "./schema/validator.js";

/** The version of the schema: major, minor. */
export const VERSION = [1, 1] as const;

/** All properties that the schema has at the top level, where, unlike below, it allows any others. */
export const SECTIONS: readonly string[] = [
  ...["disabled", "log_level", "attribute_limits", "resource", "propagator", "tracer_provider"],
  ...["meter_provider", "logger_provider", "instrumentation/development", "distribution"],
];

/** A mismatch between a value and the schema. */
export interface SchemaProblem {
  /** JSON pointer. */
  pointer: string;
  text: string;
}

/** Everything that violates the schema, each problem once. The caller checks the file's format. */
export function findSchemaProblems(configuration: ConfigurationModel): SchemaProblem[] {
  validate({ ...configuration, file_format: VERSION.join(".") });

  const problems: SchemaProblem[] = [];
  // Errors of the alternatives for a value, until the error that none of them fits.
  let alternatives: ErrorObject[] = [];
  for (const error of validate.errors ?? []) {
    if (error.keyword === "oneOf") {
      problems.push(...describeAlternatives(alternatives));
      alternatives = [];
    } else if (error.schemaPath.includes("/oneOf/")) alternatives.push(error);
    else problems.push(describe([error]));
  }
  return problems;
}

/** One error per place. Of nested places only the innermost is kept, because it is more specific. */
function describeAlternatives(errors: readonly ErrorObject[]): SchemaProblem[] {
  const innermost = errors.filter(({ instancePath: outer }) =>
    !errors.some(({ instancePath }) => instancePath.startsWith(`${outer}/`))
  );
  const byPlace = Map.groupBy(innermost, ({ instancePath }) => instancePath);
  return [...byPlace.values()].map((group) => {
    // An alternative with the right type is the one that was intended.
    const meant = group.filter(({ keyword }) => keyword !== "type");
    return describe(meant.length > 0 ? meant.slice(0, 1) : group);
  });
}

/** If a place has several errors, the expected type that they share. */
function describe(errors: readonly ErrorObject[]): SchemaProblem {
  const [{ instancePath: pointer, keyword, params, message = "" }] = errors as [ErrorObject];
  switch (keyword) {
    case "type": {
      const types = new Set(errors.flatMap(({ params }) => params.type as string | string[]));
      return { pointer, text: `must be ${[...types].join(" or ")}` };
    }
    case "enum":
      return { pointer, text: `must be one of ${params.allowedValues.join(", ")}` };
    case "additionalProperties": {
      const name: string = params.additionalProperty;
      return { pointer: `${pointer}/${escapeName(name)}`, text: `unknown property "${name}"` };
    }
    default:
      return { pointer, text: message };
  }
}
