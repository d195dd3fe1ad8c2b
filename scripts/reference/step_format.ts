import * as v from "valibot";
import { CHECKS, REASONS } from "../../lib/workshop/course/check.ts";
import { STATES, VALUES } from "../../lib/workshop/course/fill_in.ts";
import { ACTIONS, COURSE, QUESTION, STEP } from "../../lib/workshop/course/step.ts";
import { code, generatedNote, table } from "./markdown.ts";

/** The internal structure of a valibot schema: only what the reference uses. */
interface Schema {
  type: string;
  wrapped?: Schema;
  default?: unknown;
  entries?: Record<string, Schema>;
  options?: readonly unknown[];
  literal?: unknown;
  item?: Schema;
  items?: readonly Schema[];
}

/** The page of the format for courses. */
export function stepFormatPage(): string {
  return [
    "# Step format",
    generatedNote("`lib/workshop/course/`"),
    "A course is a folder with `course.yaml`, one file per step named `NN-id.yaml` (or `08a-id.yaml` " +
    "for a step between 8 and 9), `solution/` " +
    "with the files that solutions write, and `template/` with the files that `workshop init` " +
    "and `reset` write. Start with `otel-kit workshop new-step`. Unknown keys are errors.",
    "## `course.yaml`",
    fieldTable(COURSE),
    "### Questions",
    fieldTable(QUESTION),
    "## `NN-id.yaml`",
    fieldTable(STEP),
    "## What texts can insert",
    "Texts are written for the chosen backend, the real ports, and the learner's folder. They insert " +
    "values by their names, such as `{{httpPort}}`. `otel-kit` before the name of a command becomes " +
    "what calls the program in the learner's folder, such as `../otel-kit`. Addresses have no slash " +
    "at the end.",
    table(
      ["Value", "Meaning"],
      Object.entries(VALUES).map(([name, meaning]) => [code(`{{${name}}}`), meaning]),
    ),
    "`{{#embedded}}` begins a text for the embedded collector, and `{{/embedded}}` ends it. " +
    "`{{^embedded}}` begins a text for the opposite. On a line of its own, such a tag leaves no line.",
    table(
      ["State", "When"],
      Object.entries(STATES).map(([name, meaning]) => [code(`{{#${name}}}`), meaning]),
    ),
    "## Conditions",
    "Each condition has an `id`, the text `says`, which reads as true once the condition is met, " +
    "and exactly one check. `fails` holds messages by reason, and `helps` those for a learner who asks. `within` limits the wait, for " +
    "example `15s`. `after` lists conditions that must be met first. With `own`, the condition is " +
    "about the learner's own code, and is met if no folder is set.",
    ...Object.entries(CHECKS).flatMap(([kind, schema]) => [
      `### ${code(kind)}`,
      `${v.getDescription(schema)} Reasons for \`fails\`: ${
        REASONS[kind as keyof typeof REASONS].map(code).join(", ")
      }.`,
      fieldTable(schema, { left: "kind" }),
    ]),
    "## Solutions",
    "`solution` is a list of actions. Each has one key:",
    fieldTable({
      type: "strict_object",
      entries: Object.assign({}, ...ACTIONS.map(({ entries }) => entries)),
    }),
  ].join("\n\n");
}

function fieldTable(schema: unknown, { left }: { left?: string } = {}): string {
  const { entries = {} } = schema as Schema;
  const rows = Object.entries(entries).filter(([name]) => name !== left).map(([name, field]) => {
    const { inner, need } = unwrap(field);
    // `kind` identifies the check within the program.
    const key = name === "spanKind" ? "kind" : name;
    return [code(key), typeOf(inner), need, descriptionOf(inner)];
  });
  return table(["Key", "Value", "Required", "Meaning"], rows);
}

/** The schema of the value itself, and whether it is required. */
function unwrap(schema: Schema): { inner: Schema; need: string } {
  if (!schema.wrapped) return { inner: schema, need: "yes" };
  const { default: fallback } = schema;
  const isEmpty = typeof fallback !== "boolean" && typeof fallback !== "number";
  return { inner: schema.wrapped, need: isEmpty ? "no" : `no (default \`${fallback}\`)` };
}

function descriptionOf(schema: Schema): string {
  return v.getDescription(schema as unknown as v.GenericSchema) ?? "";
}

/** Whether a schema accepts objects, of one or several structures. */
function isMap({ type, options = [] }: Schema): boolean {
  return type.endsWith("_object") ||
    type === "union" && (options as readonly Schema[]).every(isMap);
}

/** A description of what a schema accepts. */
function typeOf(schema: Schema): string {
  const { type, options = [], literal, item, items = [], entries = {}, wrapped } = schema;
  switch (type) {
    case "string":
      return "text";
    case "picklist":
      return options.map((option) => code(String(option))).join(", ");
    case "literal":
      return code(String(literal));
    case "union":
      return (options as readonly Schema[]).map(typeOf).join(", or ");
    case "array":
      return `list of ${isMap(item!) ? "maps" : typeOf(item!)}`;
    case "tuple":
      return `list (${items.map(typeOf).join(", ")})`;
    case "record":
      return "map";
    case "strict_object":
    case "loose_object":
      return `map (${Object.keys(entries).map(code).join(", ")})`;
    case "exact_optional":
    case "optional":
      return typeOf(wrapped!);
    default:
      return type;
  }
}
